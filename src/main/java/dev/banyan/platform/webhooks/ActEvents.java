package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.ActListener;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.document.JsonDocument;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;

/// Makes events of what the audit log records: what people change has an event without being told twice.
@Singleton
record ActEvents(Webhooks webhooks, @All List<BrandOfAct> brands) implements ActListener {

    @Override
    public void noted(Tx tx, Owner owner, String act, String target, String details) {
        if (webhooks.mayBeHeard(owner.tenant())) {
            EventType.ofAct(act).ifPresent(type -> {
                Owner whose = whose(tx, owner, type, target);
                webhooks.tell(
                        tx,
                        new EndpointOwner(whose, EventType.workspace(type, target)),
                        type,
                        target,
                        () -> data(whose, act, target, details));
            });
        }
    }

    private Owner whose(Tx tx, Owner noted, String type, String target) {
        return brands.stream()
                .flatMap(brand -> brand.brand(tx, noted.tenant(), type, target).stream())
                .findFirst()
                .map(brand -> new Owner(noted.tenant(), brand))
                .orElse(noted);
    }

    private static Map<String, ?> data(Owner owner, String act, String target, String details) {
        var data = new LinkedHashMap<String, Object>();
        data.put("id", target);
        data.put("account", owner.account().toString());
        data.put("act", act);
        data.put("details", JsonDocument.tree(details));
        return data;
    }
}
