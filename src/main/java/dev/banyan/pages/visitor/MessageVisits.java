package dev.banyan.pages.visitor;

import module java.base;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.Accounts;
import dev.banyan.pages.MessageButton;
import dev.banyan.pages.MessageButtonStore;
import dev.banyan.pages.PageId;
import dev.banyan.pages.PlanFlags;
import dev.banyan.pages.PlanFlags.Flagged;
import dev.banyan.platform.Owner;
import dev.banyan.platform.StickyVisitor;
import dev.banyan.platform.db.Database;
import dev.banyan.whatsapp.messages.ChatLink;
import dev.banyan.whatsapp.messages.MessageUs;
import io.quarkus.logging.Log;
import jakarta.inject.Singleton;

/// Leads visitors from a page to a number that answers for it.
@Singleton
record MessageVisits(Database database, Accounts accounts, PlanFlags flags, MessageUs messageUs) {
    /// The result of a press on "message us".
    sealed interface Answering {

        /// @param owner of the page
        /// @param address at WhatsApp, including the greeting
        /// @param visitor as the visitor's cookie remembers them now
        record At(Owner owner, String address, StickyVisitor visitor) implements Answering {}

        record NotFound() implements Answering {}

        record Unavailable() implements Answering {}

        record NotInPlan() implements Answering {}

        /// No number of its pool is available right now.
        record Nobody() implements Answering {}
    }

    /// Chooses a number for a visitor, and counts the click.
    ///
    /// @param host whose host was asked; empty for our own, which has the buttons of all
    /// @param count whether the visitor really goes there
    Answering answering(PageId id, StickyVisitor visitor, Optional<Owner> host, boolean count) {
        record Found(MessageButton button, Flagged flagged) {}
        Optional<Found> looked = database.read(tx -> new MessageButtonStore(tx)
                .findForVisitor(id)
                .filter(button -> host.map(button.owner()::equals).orElse(true))
                .map(button -> new Found(button, flags.of(tx, button.owner()))));
        if (looked.isEmpty()) {
            return new Answering.NotFound();
        }
        MessageButton button = looked.get().button();
        AccountStatus status = accounts.status(button.owner().account()).orElse(AccountStatus.DELETED);
        if (status != AccountStatus.ACTIVE) {
            return status == AccountStatus.SUSPENDED ? new Answering.Unavailable() : new Answering.NotFound();
        }
        if (looked.get().flagged().pages().contains(id)) {
            return new Answering.NotInPlan();
        }
        Optional<MessageUs.Chosen> number = messageUs.number(button.owner().tenant(), button.pool(), visitor);
        if (number.isEmpty()) {
            return new Answering.Nobody();
        }
        if (count) {
            count(button.owner(), id);
        }
        return new Answering.At(
                button.owner(),
                ChatLink.to(number.get().phone(), button.greeting()),
                number.get().visitor());
    }

    /// Counts the click. A failure must not keep the visitor from the target.
    private void count(Owner owner, PageId page) {
        try {
            database.write(tx -> {
                new MessageButtonStore(tx).addClick(owner, page);
                return page;
            });
        } catch (RuntimeException failure) {
            Log.warnf("A click on the button of %s was not counted: %s", page, failure.getMessage());
        }
    }
}
