"""Names of units as they are compared: what is the same name written otherwise, and what is nearly the same.

The same are full-width and plain marks, letters of either case, blanks, traditional and simplified characters, and every
kind of bracket. Nearly the same are a group and its companies (集团, 集团有限公司, 股份, 分公司), and a place by its short
and its full name (广西, 广西壮族自治区): whether they are one unit is for people to say.
"""

from __future__ import annotations

import re
import unicodedata

#: The traditional characters that names of units are made of, each before its simplified one.
_BOTH = (
    "團团廣广東东壯壮區区縣县鄉乡鎮镇業业電电機机車车輪轮設设備备裝装製制鋼钢鐵铁銅铜鋁铝錫锡錳锰礦矿廠厂煉炼氣气輸输變变線线"
    "網网絡络數数據据碼码腦脑軟软體体儀仪錶表醫医藥药藝艺術术傳传統统紡纺織织紙纸糧粮飲饮飯饭館馆賓宾農农漁渔產产養养豬猪雞鸡"
    "魚鱼蠶蚕絲丝綢绸紅红黃黄藍蓝綠绿龍龙鳳凤華华聯联興兴榮荣達达遠远風风雲云環环衛卫護护築筑橋桥樑梁運运頭头灣湾島岛嶼屿濱滨"
    "豐丰寶宝貝贝總总責责發发開开關关係系際际國国內内資资訊讯貿贸財财經经銀银證证險险鍋锅爐炉壓压縮缩閥阀軸轴齒齿潔洁滅灭蘇苏"
    "寧宁貴贵陽阳門门廳厅劉刘陳陈張张楊杨趙赵吳吴孫孙馬马羅罗鄭郑謝谢韓韩馮冯鄧邓蕭萧鄒邹龐庞嚴严顧顾萬万長长無无連连鹽盐揚扬"
    "遷迁濟济瀋沈爾尔烏乌魯鲁齊齐塢坞滬沪蘭兰書书學学員员師师務务勞劳動动優优實实驗验質质檢检測测試试維维繕缮樓楼園园場场種种"
    "穀谷麥麦麵面鮮鲜雜杂誌志報报紀纪視视聲声聽听訓训練练習习語语託托兒儿婦妇聖圣靈灵聰聪慶庆節节儲储庫库賽赛獎奖獲获選选舉举"
    "薦荐導导領领隊队帶带約约協协會会議议屬属職职級级階阶層层創创飛飞艦舰艙舱軍军衝冲鍛锻鑄铸鉚铆鑽钻鋸锯鏈链鋒锋銳锐鵬鹏鷹鹰"
    "鶴鹤麗丽賀贺來来賢贤欽钦瀾澜漢汉滄沧淨净漿浆溫温熱热燈灯燒烧爍烁獨独獻献瑪玛瑩莹瓊琼畫画當当疊叠盤盘眾众睜睁瞭了礙碍禮礼"
    "稅税積积稱称穩稳競竞筆笔範范籃篮籌筹簡简繼继續续義义聞闻肅肃膠胶臨临與与舊旧艱艰蓋盖蘆芦處处號号補补複复見见規规覺觉觀观"
    "計计記记許许詩诗詳详認认調调談谈請请諾诺謀谋譽誉讀读讓让豔艳販贩貨货買买費费賣卖賴赖購购贊赞趕赶跡迹蹤踪輕轻較较載载輔辅"
    "輝辉轉转辦办邊边郵邮鄰邻醬酱釀酿針针釣钓鈦钛鈣钙鉛铅鋅锌鎂镁鎳镍鎢钨銑铣鍍镀鎖锁鏡镜鐘钟閃闪閉闭間间陸陆陰阴隱隐雙双離离"
    "難难靜静頂顶項项順顺須须預预頻频題题額额顏颜類类顯显飾饰餘余駐驻駕驾騰腾驅驱髮发鬧闹點点黨党齡龄龜龟陞升昇升峯峰羣群綫线"
    "塗涂釐厘鈑钣鈺钰"
)
_TRADITIONAL = str.maketrans(_BOTH[::2], _BOTH[1::2])
_BRACKETS = str.maketrans(
    dict.fromkeys("〔【［〖「『《〈[{<", "(") | dict.fromkeys("〕】］〗」』》〉]}>", ")")
)
_MARKS = re.compile(r"[()·,，、.。“”\"'‘’\-—–_/&]")
_REGIONS = re.compile(r"(广西壮族|宁夏回族|新疆维吾尔|内蒙古|西藏)自治区|(香港|澳门)特别行政区")
_SUFFIXES = re.compile(r"(?<=[\u4e00-\u9fff]{2})[省市](?=[\u4e00-\u9fff]{2})(?![政场民井])")
_NATION = re.compile(r"^中国(?=\w{2})")
_GROUP = re.compile(r"(?<=[\w]{2})集团.*$")
_LEGAL = re.compile(
    r"(?<=[\w]{2})(?:股份|有限|责任|合伙|控股|总|分|子)*(?:公司|企业)(?:.*(?:分公司|子公司|分厂|事业部|办事处))?$|(?<=[\w]{2})(?:股份|控股)$"
)
_SHORT = {"广西壮族": "广西", "宁夏回族": "宁夏", "新疆维吾尔": "新疆"}


def normal(text: str) -> str:
    """The name as it is compared: the same for everything that is only written otherwise."""
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS).casefold()
    return "".join(plain.translate(_TRADITIONAL).split())


def stem(text: str) -> str:
    """What nearly the same names have in common: 江苏精磨装备 of 江苏省精磨装备（集团）有限公司南京分公司."""
    bare = _MARKS.sub("", normal(text))
    bare = _REGIONS.sub(lambda region: _SHORT.get(region[1] or "", region[1] or region[2]), bare)
    bare = _NATION.sub("", _SUFFIXES.sub("", bare))
    return _LEGAL.sub("", _GROUP.sub("", bare)) or bare
