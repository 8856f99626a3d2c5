"""How people ask, decline, greet and thank, as patterns of whole clauses, in Chinese and in English.

Chinese ones are simplified and without marks, English ones in small letters. The first that fits says what is meant.
"""

from __future__ import annotations

from typing import Literal

#: yes, no, none (没有): said to what was asked. whatever (随便, 您定): leaves it to us. unknown: 不知道. what: asks
#: what is meant or why it is asked. how: asks how it is filled in. lacking: asks what to do without it. writing: cannot
#: write, asks us to. human: wants somebody to talk to. call: a word for such a person that is a trade as well (客服).
#: greeting, thanks. round: no word of any of these, and none of an answer either (哈哈).
Meaning = Literal[
    "yes", "no", "none", "whatever", "unknown", "what", "how", "lacking", "writing", "human", "call", "greeting", "thanks",
    "round", "",
]  # fmt: skip


HEAD = (
    "(?:那个?|呃|额|啊|哎呀?|唉|哦|噢|嗯+|请问(?:一下)?|请教(?:一下)?|问一?下|(?:我)?想?问(?:您|你)?(?:一?下|个问题)?|咨询一?下"
    "|老师|师傅|同志|领导|大哥|大姐|亲|美女|帅哥|小姐姐|不好意思|对不起|抱歉|麻烦(?:您|你)?(?:问一?下|"
    "了)?|打扰(?:一下|了)?|你好|您好"
    "|可是|但是|不过|但|就是|可|如果|要是|假如|万一|其实|真的?|我们?|俺|咱们?|本人|这里|这边)*+"
)
TAIL = (
    "(?:呗|的|了|呢|啊|呀|哦|噢|喔|嘛|吧|吗|么|哈|哎|呐|哪|哇|啦|咯|喽|耶|诶|嘞|咧|来着|捏|"
    "滴|好|才好|才对|合适|谢谢|老师|师傅|亲)*+"
)
_THIS = (
    "(?:(?:这|那|上面|下面|此|该)(?:一|几)?(?:个|里|儿|边|处|道|步|句|段|栏|格|空|条|项|"
    "些|题)?(?:话|问题|题目?|项目?|空|格|表格?|选项|内容|词|东西|意思|资料)?|问题|题目)"
)
_SOMETHING = r"[^\s]{0,14}?"
_WHAT = "(?:什么|啥子?|甚么|甚|乜嘢?|神马|虾米)"
_HOW = "(?:怎么样?|怎样|如何|咋个?|咋样|点样)"
_DO = (
    "(?:填写?|写|选择?|弄|搞|办|答|回答|作答|做|操作|发送?|传|上传|拍照?|算|计算|看|说|讲|"
    "打|输入|查询?|理解|用|处理|整|填报|准备|改"
    "|判断|区分|分|开始|继续|进行|提交|交|申请|报名?|写起|下手|开头|描述|表达|解决|找|统计|数|注册|登录)"
)
_NOT = "(?:不(?:太|大|怎么|是很|是太|很|够|完全|特别|咋)?|没(?:有|太|怎么)?|唔|弄不|搞不|看不|听不|读不|分不)"

_ASKED = "(?:能不能|可以|可不可以|能|请|麻烦|给我|帮我|再|您|你|详细|具体|简单)"
_EXPLAIN = "解释|说明|讲解|讲|说|举例|提示|介绍|示范|演示|指点|指导|教"
_CLEARLY = "一?下|一?遍|清楚|明白|具体|详细|简单|点|一些|我|说明|这个|人话"

CHINESE: tuple[tuple[Meaning, str], ...] = (
    (
        "human",
        "(?:可不可以|能不能|可以|可否|能否|能|给|帮|有没有|有|想要?|要|需要|请|麻烦|怎么|如何|"
        "哪里(?:可以|能)?|到哪|去哪|在哪|直接|还是)*+"
        "(?:我|您|你|们|帮|替|给)*+"
        "(?:转接?|接通?|接到|转到|换|找|叫|联系|打给|打电话给|呼叫|连线|问问?|咨询|请|见|喊)"
        "(?:一?下|一?个|到|成|给|您们?|你们?)*+"
        "(?:人工|真人|活人|客服|工作人员|管理员|负责人|联系人|主管|领导|工会(?:的)?(?:人|同志|"
        "老师|领导|工作人员)?|老师|懂的人|人|办事员|值班(?:人员|员)?"
        "|专人|专业人员|技术人员|工会电话|活的)"
        "(?:客服|服务|人员|电话|热线)*+(?:帮忙|帮助|帮帮我|帮我|帮一下|来?处理|解答|聊聊?|聊一聊|"
        "说话?|谈谈?|讲|对话|沟通|来|问问?|指导|一下)*+",
    ),
    (
        "human",
        "(?:有没有|有)?(?:人工|真人|人工客服|人工服务|在线客服|客服电话|客服热线|人工台|人工帮助|人工咨询|"
        "活人)(?:服务|客服|电话)?(?:在吗|在哪|呢|有吗)?"
    ),
    (
        "human",
        "(?:你们?的?|您们?的?|给我|给个|留个|发我?|告诉我|有没有|有|要|打|工会的?|那边的?|办公室的?|"
        "联系的?|咨询的?|服务的?|热线的?|客服的?)*+"
        "(?:个|一下)?(?:电话|热线|联系方式|联系电话|咨询电话|电话号码|座机)(?:号码?)?"
        "(?:是)?(?:多少|几号|几多|什么|给我|给一?下|发(?:我|一下|给我)|有吗|有没有|说一下|告诉我|打哪个|在哪)",
    ),
    (
        "human",
        "(?:你们?的?|给我个?|给个|留个|告诉我|有没有|工会的?|客服的?|联系|咨询|打)(?:你们?|工会)?(?:电话|"
        "热线|联系方式|联系电话|电话号码)"
    ),
    (
        "human",
        "打(?:什么|哪个|谁的)(?:电话|热线|号码)|打电话(?:问|找|给)谁|(?:跟|和|与)(?:人工|真人|"
        "活人|工作人员|客服|你们的?人)(?:说话?|聊聊?|讲|谈谈?|沟通|对话)|(?:电话|热线)(?:打)?(?:哪个|"
        "给谁)|有(?:电话|热线|客服|人工|真人|工作人员)"
    ),
    (
        "human",
        "(?:可以|能|该|应该|要|去|又|到底)*+(?:问|找|联系|咨询|打给|请教)(?:哪个|哪位|谁)(?:人|"
        "问|去|帮忙|解决|咨询)?|谁(?:能|可以|来)?(?:帮|教|负责)(?:帮|教|一下|下)?(?:我|管|这个)?"
    ),
    (
        "human",
        "(?:你|您)(?:是不是|是)?(?:机器人|真人|人工智能|ai|电脑|人)|(?:不想|不要|不愿意?)(?:跟|"
        "和)(?:机器人?|电脑)(?:说话?|聊)?|我?要?投诉(?:你们?)?"
    ),
    ("call", "客服(?:人员)?|工作人员|管理员|负责人|工会的?人"),
    (
        "lacking",
        "(?:现在|暂时|目前|手上|手头|身边|以前|单位|家里|都|也|还|从来|根本|确实|什么|啥)*+"
        "(?:没有?(?:了|过|得过?|拿过?|拿到|办|拍|带|考过?|领|评过?|开|准备|打印)?|冇|木有|无|"
        "缺|不是|丢|弄丢|搞丢|遗失|找不到|不见|掉|忘带|坏|过期|不在身边|不全)"
        "(?:了|过)?[^\\s]{0,12}?"
        "(?:该|应该|要|又|可|那)?(?:怎么办|咋办|点办|点算|怎么弄|怎么搞|怎么整|咋弄|咋整|咋搞|"
        "怎么[填写选报处交]|咋[填写选报]|如何[填写选办]|如何是好|可以(?:吗|不|么)|可以不[填写选发传交](?:吗)?"
        "|可不可以|能不能|行(?:吗|不|么)|行不行|要紧吗|要不要紧|有影响吗|有没有影响|影响吗|碍事吗|"
        "没事吧|[还]?能[申]?报(?:吗|名吗)?|可以[申]?报(?:吗)?"
        "|[写填发选传](?:什么|啥|哪个|无|没有))",
    ),
    ("lacking", "怎么办|咋办|咋整|怎么搞啊?|点算|点办"),
    (
        "writing",
        "(?:可不可以|能不能|可以|可否|能否|能|请|麻烦|求|要不|要么|还是|就|直接|让|那|有没有人|"
        "谁)*+(?:您|你们?|ai|机器人|系统)?(?:直接|就|来|可以|能|先)*+"
        "(?:帮忙|帮|替|代|给)(?:我|忙|咱|俺|我们)?(?:来|把)?(?:这个|这段|一下|它)?(?:写|填写?|"
        "编写?|编|润色|修改|改|整理|弄|搞|生成|想|代写|代填|拟|起草|组织)"
        "(?:一?下|一份|一段|一个|一篇|几句|点|份|段|好|出来|吧|个|这个|这段)*+(?:自述|事迹|材料|"
        "简介|文章|稿子?|草稿|语言|内容|简历|推荐信|推荐函|东西)?"
        "(?:行(?:吗|不|不行)?|可以(?:吗|不)?|好(?:吗|不好)?|成吗)?",
    ),
    ("writing", "(?:帮忙|帮我|替我|代)(?:写|填|编|起草)(?:一?下|一份|一段|一篇|个)?[^\\s]{0,8}"),
    (
        "writing",
        "(?:真的?|实在|也|都|完全|根本|确实|又|从来)*+(?:不太?会|不大会|不怎么会|不擅长|唔识|"
        "不识|写不(?:出|来|好|了|下去|出来)|不知道怎么|不晓得怎么|憋不出)"
        "(?:写|写字|写作|作文|编|打字|组织语言|表达)*+(?:这个|这些|这种|东西|材料|文章|作文|自述|"
        "事迹|字|简介|推荐信|推荐函|一个字|字来)?",
    ),
    (
        "writing",
        "(?:文化|水平|学历|文化水平|文化程度|文笔)(?:太|比较|很|有点)?(?:低|不高|差|不好|不行|"
        "有限)|没(?:什么)?(?:文化|文笔)|大?老?粗人?|不识字|写不来"
    ),
    (
        "writing",
        "(?:您|你)(?:来|给我|帮我)?(?:写|编|填)(?:吧|行吗|可以吗|好吗|一个|一下)*+|(?:可以|能不能|"
        "能)?(?:代写|代填|自动生成|自动写|ai写|自动填)|我说(?:您|你)写"
    ),
    (
        "what",
        f"(?:{_SOMETHING}(?:到底|究竟|具体)?(?:是|指|算|叫|代表)?(?:个|的)?{_WHAT}(?:个)?(?:意思|"
        f"含义|概念|玩意儿?|鬼|情况|东西|来的|样的?|用|用处|作用|区别))"
        f"(?:啊|呀|我)?(?:{_NOT}(?:懂|明白|清楚|知道))?",
    ),
    (
        "what",
        f"{_THIS}(?:到底|究竟|具体)?(?:是|指|算|叫|说)(?:的|的是)?(?:个)?(?:{_WHAT}|干(?:什么|"
        f"啥|嘛)用?的?|哪个|哪里|谁|怎么回事|咋回事)"
    ),
    (
        "what",
        f"{_WHAT}(?:个)?(?:是|叫|叫做|算|才叫|才算)[^\\s]{{1,14}}|何为[^\\s]{{1,12}}|[^\\s]{{1,10}}(?:是{_WHAT}|"
        f"指的?是?{_WHAT}|是指{_WHAT}|怎么理解|咋理解)|{_WHAT}(?:东西|玩意儿?|鬼|情况|来的)?|"
        f"问(?:的)?(?:是)?{_WHAT}|说{_WHAT}"
    ),
    (
        "unknown",
        f"(?:这个|那个|这些?|具体|时间|日期|名称|全称|哪年|哪天|几号|号码|也|还|都|实在|确实|"
        f"有点|暂时|现在|目前|一下子|一时|真|完全|早|已经|太久|时间长|年代久|太多|我|可能|{_THIS})*+"
        "(?:不(?:太|大|是很|怎么|咋|很|是太)?(?:知道?|清楚|晓得|确定|记得|了解|造|肯定|好说|"
        "好讲|熟)|母鸡|唔(?:知|记得|清楚)道?|忘(?:记|光|掉|干净)?|"
        "(?:记|想|说|搞|弄|查|分|看|拿|吃|算|讲)不(?:太|大)?(?:得|清楚?|起来?|住|准|好|到|上来|"
        "来|出来?|定)|没(?:有)?(?:印象|概念|数|把握|头绪|听说过?|听过|注意过?|留意)|说不准|不详|"
        "待定|未知|一问三不知|鬼知道|谁知道)"
        "(?:了|楚|的|过)?(?:这个|这些|具体|是|有|该?(?:怎么|如何|咋)(?:算|办)|属于|算|在|到底|"
        "哪个?|哪一?[个种年天月类项级]|多少|几(?:月|号|年|个)?|谁|时间|日期|名称|全称|什么(?:时候)?|"
        "啥|单位|工会|哪里|哪家)*+",
    ),
    (
        "unknown",
        "要?(?:回去|回家|回头|得|等我?|先)?(?:问问?|查查?|看看)(?:一?下)?(?:单位|老婆|家里|厂里|"
        "领导|会计|人事|别人|再说|才知道|证书|档案)"
    ),
    (
        "what",
        f"(?:{_THIS}|我|都|也|还是|实在|有点|真|完全|一点(?:都|也)?|根本)*+(?:{_NOT}(?:懂|"
        f"明白|理解|会|会填|会弄|会选|会做|会用|会答|能理解|识|清楚|出来)|没(?:看|听|搞|弄|读)(?:太|大)?(?:懂|明白|清楚?)|(?:太|好|有点)(?:难|复杂|麻烦|绕)|难住我?|不好[填写选答]|(?:看|听|搞|弄|读|分)不(?:太|"
        f"大)?(?:懂|明白|清楚?|来|出)"
        f"|懵(?:逼|圈)?|蒙圈?|晕|头晕|一头雾水|云里雾里)(?:{_THIS}|意思|题意|怎么填|怎么写|怎么选|"
        f"怎么办|怎么弄|怎么回答|怎么答|{_WHAT}意思|(?:这|那)?(?:个|是)?{_WHAT}(?:意思)?|问的?{_WHAT}|"
        f"在说{_WHAT})*+",
    ),
    (
        "what",
        f"(?:{_ASKED}+(?:{_EXPLAIN})(?:{_CLEARLY})*+|(?:{_EXPLAIN})(?:{_CLEARLY})++|解释|举例|提示)(?:这个|什么意思|意思)?",
    ),
    (
        "what",
        "(?:为什么|为啥|干嘛|干吗|凭什么|为何|做什么|点解)(?:还?要|非要|得|需要|一定要|会)?(?:问|"
        "填|写|知道|收集|提供|选|发|我)?(?:我|这个?|这些?|那个|身份证号?码?|电话|照片)*+|问这个(?:干嘛|"
        "干什么|做什么|有什么用|干啥)|填这个(?:干嘛|干什么|有什么用|有用吗|干啥)|有(?:什么|啥)(?:用|"
        "区别|不同|关系|讲究|要求)|要(?:这个?|身份证号?码?|电话|照片)?(?:干嘛|干什么|做什么|"
        "干啥)"
    ),
    (
        "what",
        "(?:这个|这项|这一?[项步条题]|这里|照片|视频|证书)?(?:是不是|是否|可不可以|能不能|可以|"
        "能|必须|一定|非要|不)*+(?:要|得|必须|一定要|需要|可以|能|不|非)*+(?:填|写|选|发|传|跳过|"
        "略过|空着|省略|交)(?:不可|吗|行吗|可以吗|么|行不行|可不可以|有关系吗|会怎么?样)"
    ),
    (
        "what",
        "(?:可不可以|能不能|是不是|要不要|该不该)(?:不|要|一定要|必须|可以)?(?:填|写|选|发|传|跳过|略过|空着)(?:这个|这一项|它)?|(?:给|举|来|有没有|有)(?:我)?(?:一?个|些|点)?(?:例子|例|样例|范例|示例|参考|模板|范文|"
        "样本|样板|提示|说明|示范)(?:吗|参考|看看|一下)*+|(?:看看|要看|想看|参考)?(?:例子|范例|"
        "样例|示例|范文|模板|填写说明|填表说明)"
    ),
    (
        "how",
        f"(?:{_NOT}(?:知道|晓得|清楚|懂|会|明白|造))?{_SOMETHING}(?:我|应该|该|要|得|又|到底|"
        f"具体|需要|才能?|可以|能)*+{_HOW}(?:去|来|子|个|才能|才|算是?|能|样)?{_DO}(?:{_DO})?(?:这个|"
        f"这里|它|起|呢|是对的?|一下|进去|比较)*+"
    ),
    (
        "how",
        f"(?:{_NOT}(?:知道|晓得|清楚))?(?:我|应该|该|要|得|到底|具体|需要|这里|这个)*+(?:填|写|"
        f"选|发|传|答|说|打|拍|交)(?:些|点|个|的|上)*+(?:什么|啥|哪个|哪一[个项种]|哪[项些种里个年天]|"
        f"多少|几个|谁的?|几|什么时候|多长|多少字|啥子)(?:东西|内容|样的?|的|材料|字|照片|证书|"
        f"证|时间|数字|单位|名字)*+"
    ),
    (
        "how",
        f"{_HOW}(?:回事|操作|个?写法|个?填法|个?弄法|个?搞法)|(?:这个|具体)?(?:要求|格式|规格|"
        f"标准)(?:是什么|是啥|有哪些|呢|怎么样)|{_HOW}"
    ),
    (
        "how",
        "(?:可以|能|去|到|在|从)*+哪(?:里|儿|边)?(?:可以|能|去|才|有)*+(?:看|找|查|开|办|弄|领|"
        "下载|看到|查到|找到|有|写着|得)(?:到|这个|呢)*+|在哪里?|哪里有"
    ),
    (
        "how",
        "帮助|求助|帮帮我|帮帮忙|帮忙|帮下?忙|帮我一下|帮一下|救命|需要帮助|要帮助|我要帮助|"
        "教教?我|教我一下|指导一下|填写说明|使用说明|怎么填写说明|使用帮助"
    ),
    (
        "whatever",
        "随便(?:您|你|吧|填|写|选|哪个)*+|都(?:行|可以|好|成|ok|一样|无所谓)|无所谓|怎么(?:都|"
        "样都)(?:行|可以|成)|(?:您|你)(?:看着办|定|决定|说了算|选|看|帮我选|随便)(?:吧|就行)?|"
        "哪个都(?:行|可以|一样)|听(?:您|你)的|看着办|随意|爱咋咋|任意|差不多就行"
    ),
    (
        "greeting",
        "(?:(?:(?:老师|师傅|领导|同志|客服)?(?:你|您|你们)|大家|老师|师傅|领导|同志)好|早(?:上好|安|啊|晨)?|上午好|中午好|下午好|晚上好|"
        "晚安|午安|哈[喽啰罗]|嗨|喂|hi|hello|hey|有人(?:在)?(?:吗|没|不)|在(?:吗|不|么|不在)|"
        "(?:有)?人呢|新年好|新年快乐|节日快乐|国庆快乐|中秋快乐|恭喜发财|幸会|雷猴|你好啊)++"
    ),
    (
        "greeting",
        "(?:你|您)(?:是|叫)(?:谁|什么|哪位|啥|干(?:什么|啥|嘛)的?|做什么的?|什么名字)|(?:你|"
        "您)(?:能|会|可以)(?:干|做|帮我做?)(?:什么|啥|些什么)|(?:这|这里)是(?:哪里|干什么的|"
        "哪儿)|开始(?:吧|填|填表)?|(?:可以)?开始了?(?:吗|没)?"
    ),
    (
        "thanks",
        "(?:(?:非常|十分|万分|好的?|行|嗯|那|先|那就|衷心)*+(?:(?:太|很|真的?是?)?(?:感谢|感激|谢谢|辛苦|麻烦)|多谢|谢谢|谢(?:您|"
        "你|大家|啦|咯|了|过)|感谢|感恩|感激|鸣谢|唔该|多得|蟹蟹|3q|thx|辛苦|麻烦|有劳|费心|"
        "受累|打扰|给你们?添麻烦|好人一生平安|(?:太|真|很|好)(?:好|棒|牛|赞|厉害|给力|贴心)|"
        "服务真?好|点赞)"
        "(?:谢|您们?|你们?|大家|各位|老师|师傅|领导|帮忙|帮助|指导|提醒|支持|配合|理解|耐心|"
        "了|啦|哦|哈|啊|呀|咯|的|您的|你的|不尽|万分)*+)++",
    ),
    ("thanks", "(?:再见|拜拜|88|886|回见|回头见|明天见|拜|bye(?:bye)?|下次见|先走了|再会)"),
)  # fmt: skip

PLEASE = r"(?:please |pls |plz |sorry |hi |hello |excuse me |um+ |but |and |so |well |hey |just )*+"
ENGLISH: tuple[tuple[Meaning, str], ...] = (
    (
        "human",
        r"(?:can|could|may) (?:i|you|we) (?:please )?(?:talk|speak|chat|connect|transfer|get|"
        r"put|call|contact|reach|ask)(?: me| us| through)?(?: to| with)?"
        r" ?(?:an? |the |some )?(?:real |live |actual )?(?:human|person|someone|somebody|agent|"
        r"staff|operator|people|representative|anyone|office|union)(?: being| member)?"
        r"|(?:i )?(?:want|need|would like|d like|wish|'d like|i'd like)(?: to)? ?(?:talk|speak|"
        r"chat|contact|reach|call|ask|have|get)?(?: to| with)? ?(?:an? |the |some )?(?:real |"
        r"live |actual )?(?:human|person|someone|somebody|agent|staff|operator|people|representative|"
        r"office|union)(?: being| member)?"
        r"|(?:talk|speak|connect|transfer)(?: me)? (?:to|with) (?:an? |the |some )?(?:real |live |"
        r"actual )?(?:human|person|someone|somebody|agent|staff|operator|people|representative)(?: being|"
        r" member)?"
        r"|(?:a |real |live |an )*+(?:human|agent|operator|real person|live agent|customer service|"
        r"customer support|representative|live chat)(?: being)?"
        r"|(?:what(?:'s| is) )?(?:the |your )?(?:phone|telephone|contact|hotline)(?: number)?|"
        r"who (?:can|should|do) i (?:ask|call|contact|talk to)|are you (?:a )?(?:robot|bot|human|"
        r"real)",
    ),
    (
        "lacking",
        r"(?:what )?if (?:i|we) have (?:none|nothing|not)|"
        r"(?:what )?if (?:i|we) (?:do not|don't|dont|have no|haven't|lost|can't find|have not)(?: have|"
        r" got)?(?: it| one| any| this| that| a \w+| the \w+| \w+){0,3}"
        r"|(?:i )?(?:do not|don't|dont) have (?:one|any|it|this|that|a \w+|\w+)(?: what (?:should|"
        r"do|can) i do| what now)|what should i do|what do i do(?: now)?|what now|i (?:lost|can't find|"
        r"cannot find) (?:it|them|mine)",
    ),
    (
        "writing",
        r"(?:i )?(?:can't|cannot|can not|don't know how to|do not know how to|am not good at|"
        r"'m not good at|i'm not good at)(?: to)? (?:write|writing)(?: it| this| that| well| these)?(?: can you(?: write it"
        r"| help| do it)?(?: for me)?)?"
        r"|(?:can|could|would|will) you (?:please )?(?:write|fill|draft|do|generate|complete)(?: it|"
        r" this| that| in| out| something)*+(?: for me)?|(?:please )?(?:write|fill|draft)(?: it|"
        r" this| in)*+(?: for me)|(?:please )?help me (?:to )?(?:write|fill|draft)(?: it| this|"
        r" in)*+",
    ),
    (
        "how",
        r"(?:i (?:don't|do not|dont) know )?how (?:do|can|should|to|must|would)(?: i| you| we)?(?: to)? ?(?:fill|"
        r"answer|write|do|enter|choose|complete|send|upload|count|type|reply|find|get|use|say)?(?: it|"
        r" this| that| in| out| here| the form| something)*+"
        r"|what (?:should|do|must|can|shall) i (?:write|enter|put|type|choose|say|send|answer|"
        r"fill)(?: in| here| down)*+|help(?: me)?|(?:i )?need help|/help|where (?:do|can) i (?:find|"
        r"get|see)(?: it| this| that)?",
    ),
    (
        "what",
        r"what(?:'s| is| does| do)(?: it| this| that| you| the question| this question| \w+){0,2}(?: mean(?: by (?:it|"
        r"this|that))?)?|what do you mean|meaning|what"
        r"|(?:i )?(?:do not|don't|dont|didn't|did not|cannot|can't) (?:understand|get)(?: it|"
        r" this| that| you| the question| this question)*+|(?:i'm |i am |im )?(?:confused|lost)|"
        r"explain(?: it| this| that)?(?: again| more)?|can you explain(?: it| this| that)?|(?:an )?examples?|"
        r"for example|give me an example"
        r"|why(?: do you (?:ask|need|want)(?: it| this| that| me)*+| is (?:this|that) needed)?|"
        r"(?:is (?:this|it) |do i have to |must i |can i |may i )(?:required|optional|necessary|"
        r"needed|mandatory|skip|answer|fill)(?: it| this| that| in)*+|unclear",
    ),
    (
        "unknown",
        r"(?:i )?(?:do not|don't|dont|didn't) (?:really )?(?:know|remember|recall)(?: it| this|"
        r" that| yet| exactly)*+|(?:i )?(?:have )?no (?:idea|clue)|(?:i'm |i am |im )?not (?:sure|"
        r"certain)(?: about (?:it|this|that))?|dunno|idk|(?:i )?(?:forgot|forget|can't remember|"
        r"cannot remember|have forgotten|can't recall)(?: it| that)?|unknown|unsure|who knows"
    ),
    (
        "whatever",
        r"whatever(?: you (?:like|think|want))?|any(?: one)?|(?:it )?does(?:n't| not) matter|"
        r"(?:i )?(?:don't|do not) (?:care|mind)|up to you|you (?:choose|decide)|anything"
    ),
    (
        "none",
        r"(?:i )?(?:do not|don't|dont) have (?:one|any|it|this|that|either)|(?:i )?(?:have )?(?:none|"
        r"nothing)(?: of (?:these|them|the above))?|not any|nil|n/a|not applicable|i have none"
    ),
    (
        "greeting",
        r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day|night)|hiya|howdy|greetings)(?: there|"
        r" all| everyone| again)?|anybody there|anyone there|is (?:anyone|anybody|someone) there|"
        r"are you there|who are you|what can you do|how are you"
    ),
    (
        "thanks",
        r"(?:ok |okay |great |good |many |well )*+(?:thanks?|thank you|thx|thank u|tks)(?: you)?(?: so much|"
        r" very much| a lot| again| all| for (?:your|the) help)*+|(?:much )?appreciated?(?: it)?|"
        r"cheers|(?:good ?)?bye(?: ?bye)?|see you(?: later| tomorrow)?|cool|awesome"
    ),
)  # fmt: skip
BEHIND = "(?: please| pls| plz| thanks| thank you| here| at all| exactly| sir| madam)*+"
