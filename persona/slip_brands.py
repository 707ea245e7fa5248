"""Names of models and of those who make them, as they stand in folded text."""

from typing import Final

BRANDS: Final = (
    r"(?:qwen|tongyi(?: qianwen)?|chat-?\s?gpt|gpt-?\s?[345]\w*|deep-?seek|claude|llama"
    r"|meta AI|gemma"
    r"|gemini(?=[, ]+(?:an?|your|made|built|developed|created|trained|from)\b)|google bard"
    r"|mi[sx]tral"
    r"|grok|kimi|ernie(?: bot)?|doubao|chatglm|glm-?\d|baichuan|hunyuan|internlm|minimax|copilot"
    r"|通[义義]千[问問]|千[问問]|文心一言|豆包|智[谱譜]清言|[讯訊][飞飛]星火|星火大模型"
    r"|[腾騰][讯訊]混元|百川大模型)"
    r"(?:[- ]?(?:v?\d[\w.]*|chat|instruct|turbo|max|plus|pro|code|\d+b))*"
)
VENDORS: Final = (
    r"(?:open ?(?:ai|AI)|anthropic|google(?: deepmind| AI)?|deepmind|alibaba(?: cloud"
    r"| group)?|meta(?: AI)?"
    r"|microsoft|deep-?seek|mistral(?: AI)?|moonshot(?: AI)?|baidu|tencent|bytedance"
    r"|zhipu(?: AI)?"
    r"|iflytek|hugging ?face|xai|nvidia|ibm|cohere"
    r"|阿里(?:巴巴|云|雲)*|通[义義]实验室|深度求索|百度|[腾騰][讯訊]|字[节節]跳[动動]"
    r"|智[谱譜](?:AI)?|科大[讯訊][飞飛]"
    r"|[讯訊][飞飛]|月之暗面|[华華][为為]|[谷穀]歌|微[软軟]|商[汤湯]|アリババ(?:クラウド)?"
    r"|グーグル|メタ|マイクロソフト)"
)
