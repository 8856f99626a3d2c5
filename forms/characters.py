"""Characters as Unicode folds and unifies them: what people's keyboards make of one and the same sign."""

from __future__ import annotations

import unicodedata

#: The traditional characters that people type in names, options, dates and in what they ask, each before its simplified one.
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
    "專专狀状滿满瑤瑶納纳碩硕個个單单戶户沒没歷历屆届評评幾几兩两歲岁後后從从幹干進进裡里裏里這这為为對对錯错確确問问歸归誰谁們们條条"
    "過过還还寫写說说應应該该誤误執执異异圖图鋪铺舖铺廢废壞坏決决況况準准減减擔担擴扩歐欧殺杀氫氢滾滚漸渐災灾營营燙烫爭争牆墙狹狭現现"
    "瘋疯監监盡尽稈秆窯窑純纯終终絞绞給给緊紧繩绳繪绘纜缆罰罚腳脚臟脏蟲虫衆众覽览觸触訂订詞词課课諮咨賬账躍跃軋轧輛辆輯辑遞递遲迟釘钉"
    "鉗钳鉻铬銲焊錘锤鍵键鎚锤鑰钥閘闸陣阵隨随韋韦韌韧頓顿頸颈顆颗馴驯鬆松鬥斗鳥鸟鴨鸭黏粘"
    "麼么幫帮話话嗎吗講讲樣样憶忆繫系時时擇择擾扰煩烦構构於于嘗尝囉啰喲哟識识並并"
)
_TRADITIONAL = str.maketrans(_BOTH[::2], _BOTH[1::2])
_FULL_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)}
_LEVEL = {**_FULL_WIDTH, **_TRADITIONAL, ord("’"): ord("'"), 0x3000: ord(" ")}


def folded(text: str) -> str:
    """Full-width letters, digits and marks as plain ones, for answers that are codes rather than words."""
    return unicodedata.normalize("NFKC", text).strip()


def narrow(text: str) -> str:
    """The text with digits of any script as 0 to 9 and full-width letters and marks as plain ones: one character for one.

    What stands where in it stands there in the text itself. What only holds a digit (①, ²) is none.
    """
    return text if text.isascii() else "".join(map(_narrow, text))


def _narrow(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and not plain.isdecimal() else char


def simplified(text: str) -> str:
    """The text with common traditional characters as simplified ones, one for one. For comparing, never to be kept."""
    return text if text.isascii() else text.translate(_TRADITIONAL)


def levelled(text: str) -> str:
    """As `simplified`, with full-width letters, digits, marks and blanks as plain ones, too: for understanding what is said."""
    return text if text.isascii() else text.translate(_LEVEL)


def suggestion(char: str) -> str | None:
    """The unified form (NFKC) of a compatibility ideograph, else None.

    Twelve characters of the block U+F900–FAFF are unified ideographs in their own right and have none.
    """
    if not ("\uf900" <= char <= "\ufaff" or "\U0002f800" <= char <= "\U0002fa1f"):
        return None
    unified = unicodedata.normalize("NFKC", char)
    return None if unified == char else unified
