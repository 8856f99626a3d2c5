"""How people ask what becomes of what they gave: who looked at it, what they agreed to, what is kept of them.

Each is a pattern for a whole sentence in small letters, without blanks and marks. They only open a page; what asks
nothing (领导看过我的材料) or is about something else (专利授权了) is an answer, and is left to be one.
"""

from __future__ import annotations

#: No word here begins or ends another, nor is two others: each text is read in one way, however long.
_PLEASE = (
    r"(请|麻烦|你好|您好|老师|那|我|本人|俺|咱|想|要|求|可以|可不可以|能不能|能|怎么|怎样|咋|如何|帮|忙|让|给|告诉|"
    r"知道|晓得|问|了解|查|询|看|到|才|一下|下|把|将|有没有办法)*"
)
_MINE = r"(我|本人|俺|咱|自己)(们)?(个人)?(的)?"
_GIVEN = r"(我|本人|俺)?(递?交|上报|报|填|写|上?传|发|提交)(的|上去的|过的|给你们的|来的)"
_PAPERS = (
    r"(申报|个人|全部|所有|那份|这份|那些|这些|的)*"
    r"(材料|资料|信息|东西|申报表|申请表|推荐表|表格|表|证书|证件|身份证|档案|文件|照片|简历|内容|数据|隐私|申报|申请)"
)
_OWN = rf"({_MINE}|{_GIVEN})({_PAPERS})?"
_LOOK = (
    r"(偷偷?)?(查看|翻看|浏览|调阅|查阅|接触|看|查|翻|打开|点开|下载|导出|打印|调取|调|动|碰|读|拿走|拷走|办)"
)
_DONE = r"(过了?|了|到过?了?|走了?)"
_WHO = (
    r"(是|都|还|到底|究竟)*(有)?(谁|哪些?人|哪个人|什么人|啥人|几个人|多少人|哪几个人|别的什么人|"
    r"(哪个|哪些|哪家|哪几个)(工会|单位|部门|领导|人员|工作人员|办公室))"
)
_SOMEBODY = (
    r"([省市县区总]{0,3}工会|你们|他们|她们|有人|别人|其他人|领导|老师|工作人员|经办人?|审核的?人?|上面|单位|办公室)"
    r"(那边|里|的人)?"
)
_MODAL = r"(有没有|是不是|是否|已经|都|能|可以|会|能不能|会不会)*"
_ASKING = r"(吗|么|嘛|没有?|了?没|不|呢)"
_SOFT = r"(呢|啊|呀|吗|了|的|来着|嘛)*"
#: Who looked at what was handed in.
LOOKED = (
    rf"{_PLEASE}(工会|你们|他们)?(里面?)?{_WHO}(里面?)?(都|曾经|已经|会|能|可以)*({_LOOK}{_DONE}?{_OWN}|{_LOOK}{_DONE}({_PAPERS})?){_SOFT}"
    rf"|{_PLEASE}{_OWN}(都|有|会|给|到底|已经|被|现在|能|可以|让)*{_WHO}(都|能|可以|会|已经)*{_LOOK}{_DONE}?{_SOFT}"
    rf"|{_PLEASE}(有没有人|有没有别人|有没有谁)(在)?{_LOOK}{_DONE}?({_OWN}|{_PAPERS})?{_SOFT}"
    rf"|{_PLEASE}{_LOOK}{_DONE}?{_OWN}(的人|的)?(都)?(有|是)?(谁|哪些人?|什么人|哪几个){_SOFT}"
    rf"|{_PLEASE}{_WHO}(把|将){_OWN}({_LOOK}|导|传|发)(出去|走|过)*{_SOFT}"
    rf"|{_PLEASE}{_SOMEBODY}{_MODAL}{_LOOK}({_DONE}?{_OWN}|{_DONE}){_ASKING}"
    rf"|{_PLEASE}{_SOMEBODY}(有没有|是不是|是否|能不能|可不可以|会不会){_LOOK}{_DONE}?{_OWN}{_SOFT}"
    rf"|{_PLEASE}{_OWN}(有没有|是不是|是否|已经)*(被|给|让)?(人|{_SOMEBODY})?{_LOOK}{_DONE}{_ASKING}"
    rf"|{_PLEASE}{_OWN}(有没有|是不是|是否)(被|给|让)?(人|{_SOMEBODY})?{_LOOK}{_DONE}?{_SOFT}"
    rf"|{_PLEASE}({_OWN}|{_PAPERS})?(的|被)*(查看|访问|浏览|查阅|调阅|下载|打开)(记录|日志|历史|痕迹){_SOFT}"
    r"|(please|canyou|canisee|couldyou|tellme|showme|list|iwantto(know|see)|iwouldliketo(know|see)|doyouknow|see|check)*"
    r"who(['’]s|s|all|else|has|have|had|did|can|could|is|was)*(ever|already|been)*"
    r"(look|looks|looked|looking|see|sees|seen|saw|view|viewed|access|accessed|open|opened|download|downloaded|print|printed|"
    r"read|check|checked|touched|handled)(at|into|through)?((all|of|my|the|this|these)*"
    r"(personal)?(data|papers?|applications?|materials?|documents?|files?|form|information|info|details|stuff|records?|case|id|idcard|it))?"
    r"(sofar|already|yet|before)?"
    r"|(please|tellme|showme)*who(has|had|have|gets|got)accesstomy(personal)?(data|papers?|application|files?|documents?|information|info|id)"
    r"|(has|have|did)(anyone|anybody|someone|somebody|the(union|office|staff)|they|you)(ever|already|else)*"
    r"(look|looked|see|seen|view|viewed|access|accessed|open|opened|download|downloaded|read)(at|into)?"
    r"my(data|papers?|application|materials?|documents?|files?|form|information|info|details|stuff|records?|case)(yet|already)?"
    r"|(show(me)?|see)?(the|my)?access(log|history|records?)"
)

_TAKE_BACK = r"(撤回来?|撤销|撤了|撤掉|撤|取消|收回来?|收回去|反悔|作废|解除|终止)"
_AGREED = (
    r"(我|本人|之前|以前|刚才|刚刚|上次|前面|先前|原来|原先|已经|当时|昨天|今天|给你们?|给出去?|给|签|点|做|过|了|所有|"
    r"全部|那个|这个|那些|一切|的|个人信息|信息|资料|数据|隐私|材料|收集|使用)*"
    r"(知情同意|同意|授权|许可|答应)(书|记录|的?事|过的|了的)?"
)
_OFF = r"(吗|不|么|嘛|了|吧|呢|啊|呀|掉|一下|行不行|可以吗|可不可以|行吗)*"
_MAY = r"(还|也|又|就|都|了|后来|以后|之后|现在)*(能不能|可不可以|可以|能|怎么|怎样|咋|如何|想|要|得了|有办法)+(再|给)*"
_STORED = r"(个人|全部|所有|的)*(资料|信息|数据|隐私|材料|内容)"
#: What was agreed to, or that it is taken back.
CONSENTS = (
    rf"{_PLEASE}{_TAKE_BACK}(掉|了)?{_AGREED}{_OFF}"
    rf"|{_PLEASE}{_TAKE_BACK}(?!.*(专利|商标|单位|公司|厂|领导)).{{1,12}}的(同意|授权){_OFF}"
    rf"|{_PLEASE}{_AGREED}(全部?|都|给|一起|帮我)*{_TAKE_BACK}{_OFF}"
    rf"|(请问)?(我|之前|刚才)*((点|签)(了|的|过)?)?(同意|授权|答应)(了|过|以后|之后|完|书|的)*{_MAY}({_TAKE_BACK}|后悔|改|不算){_OFF}"
    r"|我(现在|又|改主意了?|反悔了|后悔了|突然|决定)*(不(再|想)?|后悔)(同意|授权)了(吧|行吗|可以吗|怎么办)?"
    r"|(我|请|麻烦)*(不想|不要|不愿意?|别|不许|不准|不让|不允许|停止|不同意|不再同意)(再|继续)*(让|给|被)?"
    rf"(你们|你|工会|他们|别人)?(再|继续)*(使用|利用|处理|收集|保存|存|留|用)(我|本人)的?{_STORED}(了|吧|啊)*"
    rf"|{_PLEASE}(我|本人)?(都|到底|究竟|刚才|之前|以前|当初|一共|已经)*"
    r"(同意|授权|答应)(过|了|的)*(都|是|有)*(些|了)?(什么|哪些|啥|哪几样|多少)(东西|内容|事情?|项|用途)*(了|呢|啊|呀|来着|吗)*"
    rf"|{_PLEASE}(我|本人)的?(同意|授权)(书|记录|过的)?(在哪里?|在哪儿|有哪些|是什么|呢)?"
    rf"|{_PLEASE}(同意|授权)记录(在哪里?|在哪儿|呢)?"
    r"|(iwantto|iwanna|i['’]?dliketo|iwouldliketo|please|cani|mayi|couldi|canyou|couldyou|howdoi|howcani|howto|letme|helpme|i)*"
    r"(withdraw|revoke|cancel|retract|takeback|undo|rescind|remove)(all|of|my|the|previous|earlier|given|any|that)*"
    r"(consents?|agreements?|permissions?|authori[sz]ations?)(please|now|anymore|back)*"
    r"|i(nolonger(agree|consent)|(don['’]?t|donot)(agree|consent)any(more|longer))"
    r"|(please|showme|tellme)*what(have|did|all)*i(agree|consent|sign)(ed)?(to|upto|for)*(sofar)?"
    r"|(please)?(stop|don['’]?t|donot)(using|use|processing|process|collecting|collect)(all|of)*my"
    r"(personal)?(data|information|info|details)(please|anymore)*"
    r"|i(have|['’]ve)?changedmymindabout(my|the)?consent"
    r"|(show(me)?)?myconsents?"
)

_HERE = r"(你们?|您|这里|这儿|这边|这个|系统|机器人|平台|后台|软件|匠荐|工会|手里|手上|那里|那边)*"
_KEEP = (
    r"(保存|存储|留存|储存|存|留|记录|记下|记|收集|采集|掌握|拿|拥有|有|知道|晓得)(着|了|下来|下|过|到|的)*"
)
_WHAT = r"(都|有|是|一些|些|了)*(什么|哪些|啥|多少|哪几样)"
#: What is kept of the person, and a copy of it.
KEPT = (
    rf"{_PLEASE}{_HERE}(现在|到底|究竟|都|一共|还|里面?)*{_KEEP}(关于|有关)?(我|本人|俺)(们|个人|这个人)?(的)?{_WHAT}"
    rf"(个人|的)*(资料|信息|数据|东西|内容|材料|隐私|记录)?{_SOFT}"
    rf"|{_PLEASE}((关于|有关)(我|本人)的?|(我|本人)的?{_STORED}){_HERE}(现在|到底|都|一共|还|被)*"
    rf"(保存|存储|留存|存|留|收集|采集|记录)(着|了|下来|下|过)*{_WHAT}(东西|内容|信息)?{_SOFT}"
    rf"|{_PLEASE}(我|本人)的?(哪些|什么)(个人)?(资料|信息|数据|内容)(被|让)?{_HERE}(保存|存储|留存|存|留|收集|采集|记录)(了|着|下来|过){_SOFT}"
    rf"|我?(都|一共)?(给|在)你们(这里|这儿)?(都)?(留|存)(了|过|着|下)*{_WHAT}(个人)?(资料|信息|数据|东西|内容){_SOFT}"
    rf"|{_PLEASE}{_HERE}(存|留|保存|记|收集)(着|下|了)*的?(关于)?(我|本人)的{_STORED}((发|给|传|拷)(给)?我?(一份)?)?{_SOFT}"
    rf"|{_PLEASE}(我|本人)的{_STORED}(都|全|一起)*((打包|导出|下载|拷|复制|发|传|寄|还)(出来|下来|一份|给我|过来|回来)*)+{_SOFT}"
    rf"|{_PLEASE}(拷|复制|导出|打包|下载|备份)(一份|出来|下来|出)?(我|本人)的{_STORED}{_SOFT}"
    r"|(please|tellme|showme|iwantto(know|see)|cani(see|know))*(what|which|allthe|the)(all|exactly)*"
    r"(data|information|info|details|do|does|did|have|has|you|u|the(union|app|bot|system)|it|this|they)*"
    r"(keep|keeps|kept|store|stores|stored|save|saved|hold|holds|know|knows|have|collect|collected|got|record|recorded)"
    r"(data|information|info|details)?(of|about|on|from)me"
    r"|(please|canyou|couldyou|cani|iwant(to)?|iwouldliketo)*(send|give|get|show|download|export|email|have)(me)?(a)?(copyof)?"
    r"(all|of|the)*my(personal)?(data|information|info|answers)(please)?"
)
