package dev.sluice.enricher.process.traffic;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// Parameters that networks add to the address of a page, each with whom it comes from. An earlier
/// one counts when there are several. `fbclid` and `igshid` are on unpaid links too.
enum ClickId {
    GCLID("gclid", "google", "cpc", SourceClass.SEARCH),
    GBRAID("gbraid", "google", "cpc", SourceClass.SEARCH),
    WBRAID("wbraid", "google", "cpc", SourceClass.SEARCH),
    MSCLKID("msclkid", "bing", "cpc", SourceClass.SEARCH),
    YCLID("yclid", "yandex", "cpc", SourceClass.SEARCH),
    DCLID("dclid", "google", "display", SourceClass.PAID),
    TTCLID("ttclid", "tiktok", "paid_social", SourceClass.SOCIAL),
    TWCLID("twclid", "twitter", "paid_social", SourceClass.SOCIAL),
    LI_FAT_ID("li_fat_id", "linkedin", "paid_social", SourceClass.SOCIAL),
    SCCID("ScCid", "snapchat", "paid_social", SourceClass.SOCIAL),
    EPIK("epik", "pinterest", "paid_social", SourceClass.SOCIAL),
    RDT_CID("rdt_cid", "reddit", "paid_social", SourceClass.SOCIAL),
    OBCLID("obclid", "outbrain", "cpc", SourceClass.PAID),
    TBLCI("tblci", "taboola", "cpc", SourceClass.PAID),
    IRCLICKID("irclickid", "impact", "affiliate", SourceClass.SITE),
    AWC("awc", "awin", "affiliate", SourceClass.SITE),
    CJEVENT("cjevent", "cj", "affiliate", SourceClass.SITE),
    FBCLID("fbclid", "facebook", "social", SourceClass.SOCIAL),
    IGSHID("igshid", "instagram", "social", SourceClass.SOCIAL);

    private static final Map<String, ClickId> BY_PARAMETER = new HashMap<>();

    static {
        for (ClickId each : values()) {
            BY_PARAMETER.put(each.parameter, each);
        }
    }

    private final String parameter;
    private final String source;
    private final String medium;
    private final SourceClass sourceClass;

    ClickId(String parameter, String source, String medium, SourceClass sourceClass) {
        this.parameter = parameter;
        this.source = source;
        this.medium = medium;
        this.sourceClass = sourceClass;
    }

    /// @return null if the parameter is no click id
    static @Nullable ClickId of(String parameter) {
        return BY_PARAMETER.get(parameter);
    }

    String parameter() {
        return parameter;
    }

    /// Of a visit whose address has no `utm_source`.
    String source() {
        return source;
    }

    /// Of a visit whose address has no `utm_medium`.
    String medium() {
        return medium;
    }

    SourceClass sourceClass() {
        return sourceClass;
    }
}
