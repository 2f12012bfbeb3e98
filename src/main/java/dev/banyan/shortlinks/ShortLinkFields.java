package dev.banyan.shortlinks;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import java.util.List;
import java.util.Map;

/// The posted fields of the form of a new or existing short link. Rules and variants are in the order of the page.
class ShortLinkFields {

    @FormParam("as")
    @DefaultValue("")
    String as = "";

    @FormParam("idempotencyKey")
    @DefaultValue("")
    String idempotencyKey = "";

    @FormParam("slug")
    @DefaultValue("")
    String slug = "";

    @FormParam("leadsTo")
    @DefaultValue("")
    String leadsTo = "";

    @FormParam("title")
    @DefaultValue("")
    String title = "";

    @FormParam("tags")
    @DefaultValue("")
    String tags = "";

    @FormParam("active")
    @DefaultValue("")
    String active = "";

    @FormParam("startsAt")
    @DefaultValue("")
    String startsAt = "";

    @FormParam("endsAt")
    @DefaultValue("")
    String endsAt = "";

    @FormParam("fallback")
    @DefaultValue("")
    String fallback = "";

    @FormParam("password")
    @DefaultValue("")
    String password = "";

    @FormParam("noPassword")
    @DefaultValue("")
    String noPassword = "";

    @FormParam("clickLimit")
    @DefaultValue("")
    String clickLimit = "";

    @FormParam("utmSource")
    @DefaultValue("")
    String utmSource = "";

    @FormParam("utmMedium")
    @DefaultValue("")
    String utmMedium = "";

    @FormParam("utmCampaign")
    @DefaultValue("")
    String utmCampaign = "";

    @FormParam("utmTerm")
    @DefaultValue("")
    String utmTerm = "";

    @FormParam("utmContent")
    @DefaultValue("")
    String utmContent = "";

    @FormParam("weight")
    @DefaultValue("")
    String weight = "";

    @FormParam("timezone")
    @DefaultValue("")
    String zone = "";

    @FormParam("ruleDevice")
    List<String> ruleDevice = List.of();

    @FormParam("ruleLanguage")
    List<String> ruleLanguage = List.of();

    @FormParam("ruleCountry")
    List<String> ruleCountry = List.of();

    @FormParam("ruleFrom")
    List<String> ruleFrom = List.of();

    @FormParam("ruleUntil")
    List<String> ruleUntil = List.of();

    @FormParam("ruleTarget")
    List<String> ruleTarget = List.of();

    @FormParam("variantTarget")
    List<String> variantTarget = List.of();

    @FormParam("variantWeight")
    List<String> variantWeight = List.of();

    ShortLinkForm form() {
        Map<String, List<String>> fields = Map.ofEntries(
                Map.entry("slug", List.of(slug)),
                Map.entry("leadsTo", List.of(leadsTo)),
                Map.entry("title", List.of(title)),
                Map.entry("tags", List.of(tags)),
                Map.entry("active", List.of(active)),
                Map.entry("startsAt", List.of(startsAt)),
                Map.entry("endsAt", List.of(endsAt)),
                Map.entry("fallback", List.of(fallback)),
                Map.entry("password", List.of(password)),
                Map.entry("noPassword", List.of(noPassword)),
                Map.entry("clickLimit", List.of(clickLimit)),
                Map.entry("utmSource", List.of(utmSource)),
                Map.entry("utmMedium", List.of(utmMedium)),
                Map.entry("utmCampaign", List.of(utmCampaign)),
                Map.entry("utmTerm", List.of(utmTerm)),
                Map.entry("utmContent", List.of(utmContent)),
                Map.entry("weight", List.of(weight)),
                Map.entry("timezone", List.of(zone)),
                Map.entry("ruleDevice", ruleDevice),
                Map.entry("ruleLanguage", ruleLanguage),
                Map.entry("ruleCountry", ruleCountry),
                Map.entry("ruleFrom", ruleFrom),
                Map.entry("ruleUntil", ruleUntil),
                Map.entry("ruleTarget", ruleTarget),
                Map.entry("variantTarget", variantTarget),
                Map.entry("variantWeight", variantWeight));
        return ShortLinkForm.read(name -> fields.getOrDefault(name, List.of()));
    }
}
