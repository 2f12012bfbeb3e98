package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.SubAccountStore;
import dev.banyan.accounts.context.AttentionItem;
import dev.banyan.accounts.context.AttentionItem.Urgency;
import dev.banyan.accounts.context.AttentionSource;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;

/// Reports brands that a plan has made read-only, and suspended ones, to the owners of their agency.
@Singleton
final class BrandAttention implements AttentionSource {

    private static final int MOST = 100;

    @Override
    public List<AttentionItem> items(Tx tx, AccountContext context) {
        if (context.isSubAccount() || !context.membership().isOwner()) {
            return List.of();
        }
        var items = new ArrayList<AttentionItem>();
        var store = new SubAccountStore(tx);
        String query = "?as=" + context.root().username();
        SubAccountStore.ReadOnly readOnly = store.readOnly(context.root().id(), MOST);
        readOnly.first()
                .ifPresent(first -> items.add(new AttentionItem(
                        Urgency.WARN,
                        counted(readOnly.count()) + (readOnly.count() == 1 ? " is" : " are") + " read-only.",
                        "Your plan has no room for " + (readOnly.count() == 1 ? "it" : "them") + ". We suspend "
                                + (readOnly.count() == 1 ? "it" : "the first") + " on " + Words.day(first)
                                + ".",
                        "Open subscription",
                        "/admin/subscription" + query)));
        int suspended = store.countSuspended(context.root().id(), MOST);
        if (suspended > 0) {
            items.add(new AttentionItem(
                    Urgency.NOTE,
                    counted(suspended) + (suspended == 1 ? " is" : " are") + " suspended.",
                    "Visitors can’t see " + (suspended == 1 ? "its" : "their") + " pages.",
                    "View suspended brands",
                    "/admin/users" + query + "&state=suspended"));
        }
        return items;
    }

    private static String counted(int number) {
        return number >= MOST ? (MOST - 1) + "+ brands" : Words.count(number, "brand", "brands");
    }
}
