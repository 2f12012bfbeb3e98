package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;

/// What WhatsApp charges for templates as. Implemented by what reads templates.
public interface TemplateCategories {

    /// Returns the category of a template: `marketing`, `utility` or `authentication`; empty if it is not known.
    Optional<String> category(AccountId tenant, SenderId pool, String name, String language);

    /// Returns the category of a campaign’s template: WhatsApp changes categories at times, so what a person
    /// has entered is the second best.
    static Optional<String> of(Campaign campaign, List<TemplateCategories> all) {
        return campaign.message()
                .template()
                .flatMap(template -> all.stream()
                        .flatMap(
                                known -> known
                                        .category(
                                                campaign.tenant(),
                                                campaign.pool(),
                                                template.name(),
                                                template.language())
                                        .stream())
                        .findFirst()
                        .or(() -> campaign.message().category()));
    }
}
