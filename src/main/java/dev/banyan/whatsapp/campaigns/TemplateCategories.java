package dev.banyan.whatsapp.campaigns;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;

/// What WhatsApp charges for templates as. Implemented by what reads templates.
public interface TemplateCategories {

    /// Returns the category of a template: `marketing`, `utility` or `authentication`; empty if it is not known.
    Optional<String> category(AccountId tenant, SenderId pool, String name, String language);
}
