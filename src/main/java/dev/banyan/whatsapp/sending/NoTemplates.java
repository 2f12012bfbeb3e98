package dev.banyan.whatsapp.sending;

import dev.banyan.platform.AccountId;
import dev.banyan.whatsapp.SenderId;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.util.List;

/// Stands in while no gateway lists templates.
@DefaultBean
@Singleton
final class NoTemplates implements TemplateBook {

    @Override
    public List<Entry> of(AccountId tenant, SenderId pool) {
        return List.of();
    }
}
