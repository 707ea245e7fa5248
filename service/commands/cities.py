"""What people call the place whose clock they live by, in our languages, where no zone bears it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ZONES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Asia/Shanghai": "china beijing shenzhen guangzhou hangzhou chengdu wuhan"
        " nanjing xian suzhou tianjin 中国 中國 北京 上海 深圳 广州 廣州"
        " 杭州 成都 武汉 武漢 南京 西安 苏州 天津 重庆 重慶 大陆 東八区"
        " 东八区 東八區 北京时间 北京時間 中国時間",
        "Asia/Hong_Kong": "hk 香港 港",
        "Asia/Taipei": "taiwan 台湾 台灣 臺灣 台北 臺北",
        "Asia/Macau": "macao 澳门 澳門 マカオ",
        "Asia/Tokyo": "japan osaka kyoto nagoya yokohama sapporo fukuoka jst 日本"
        " 东京 東京 大阪 京都 名古屋 横浜 札幌 福岡 日本时间 日本時間",
        "Asia/Seoul": "korea busan kst 韩国 韓国 韓國 首尔 首爾 ソウル 釜山",
        "Asia/Singapore": "新加坡 シンガポール",
        "Asia/Kuala_Lumpur": "malaysia 吉隆坡 马来西亚 クアラルンプール マレーシア",
        "Asia/Bangkok": "thailand 曼谷 泰国 泰國 バンコク タイ",
        "Asia/Ho_Chi_Minh": "vietnam hanoi saigon 胡志明市 河内 越南 ホーチミン ハノイ ベトナム",
        "Asia/Jakarta": "indonesia 雅加达 雅加達 ジャカルタ",
        "Asia/Manila": "philippines 马尼拉 馬尼拉 マニラ",
        "Asia/Kolkata": "india mumbai delhi bangalore chennai ist 印度 孟买 德里 新德里"
        " インド ムンバイ デリー",
        "Asia/Dubai": "uae 迪拜 杜拜 ドバイ",
        "Europe/London": "uk england britain 英国 英國 伦敦 倫敦 ロンドン イギリス",
        "Europe/Dublin": "ireland 都柏林 ダブリン",
        "Europe/Paris": "france 法国 法國 巴黎 パリ フランス",
        "Europe/Berlin": "germany munich hamburg frankfurt cologne cet 德国 德國 柏林"
        " 慕尼黑 法兰克福 汉堡 ベルリン ドイツ ミュンヘン フランクフルト",
        "Europe/Madrid": "spain barcelona 马德里 馬德里 西班牙 マドリード スペイン",
        "Europe/Rome": "italy milan 罗马 羅馬 米兰 意大利 ローマ ミラノ イタリア",
        "Europe/Amsterdam": "netherlands holland 阿姆斯特丹 荷兰 アムステルダム オランダ",
        "Europe/Brussels": "belgium 布鲁塞尔 ブリュッセル",
        "Europe/Zurich": "switzerland geneva bern 苏黎世 瑞士 チューリッヒ スイス",
        "Europe/Vienna": "austria 维也纳 維也納 ウィーン",
        "Europe/Stockholm": "sweden 斯德哥尔摩 瑞典 ストックホルム",
        "Europe/Moscow": "russia 莫斯科 モスクワ",
        "Europe/Istanbul": "turkey 伊斯坦布尔 イスタンブール",
        "Africa/Cairo": "egypt 开罗 開羅 カイロ",
        "Africa/Johannesburg": "capetown 约翰内斯堡 ヨハネスブルグ",
        "America/New_York": "nyc boston washington miami atlanta eastern est edt et 纽约"
        " 紐約 波士顿 华盛顿 美东 美東 ニューヨーク ボストン ワシントン"
        " 東海岸",
        "America/Chicago": "houston dallas austin central cst 芝加哥 休斯顿 シカゴ",
        "America/Denver": "mountain mst 丹佛 デンバー",
        "America/Los_Angeles": "la sanfrancisco sf seattle sandiego pacific pst pdt pt"
        " california 洛杉矶 洛杉磯 旧金山 舊金山 西雅图 加州 美西"
        " ロサンゼルス サンフランシスコ シアトル 西海岸",
        "America/Toronto": "montreal ottawa 多伦多 多倫多 トロント",
        "America/Vancouver": "温哥华 溫哥華 バンクーバー",
        "America/Sao_Paulo": "brazil riodejaneiro 圣保罗 里约 サンパウロ",
        "America/Mexico_City": "mexico 墨西哥城 メキシコシティ",
        "Pacific/Honolulu": "hawaii 夏威夷 檀香山 ハワイ ホノルル",
        "Australia/Sydney": "canberra 悉尼 雪梨 シドニー",
        "Australia/Melbourne": "墨尔本 墨爾本 メルボルン",
        "Pacific/Auckland": "newzealand wellington 奥克兰 新西兰 オークランド ニュージーランド",
        "UTC": "gmt zulu z 世界时 世界時 協定世界時",
    }
)

CITIES: Final[Mapping[str, str]] = MappingProxyType(
    {name: zone for zone, names in _ZONES.items() for name in names.split()}
)
"""The zone by each of these names, in small letters and without gaps."""
