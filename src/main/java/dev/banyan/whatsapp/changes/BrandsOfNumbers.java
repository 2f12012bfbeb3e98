package dev.banyan.whatsapp.changes;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.webhooks.BrandOfAct;
import dev.banyan.whatsapp.SenderId;
import jakarta.inject.Singleton;

/// Lets webhooks of a brand hear of the numbers and pools that work for it.
@Singleton
final class BrandsOfNumbers implements BrandOfAct {

    @Override
    public Optional<AccountId> brand(Tx tx, AccountId tenant, String type, String target) {
        return type.startsWith("sender.") || type.startsWith("pool.")
                ? SenderId.parse(target).flatMap(sender -> SenderBrands.of(tx, tenant, sender))
                : Optional.empty();
    }
}
