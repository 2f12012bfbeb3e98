package dev.banyan.whatsapp.optouts;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Outcome.Nothing;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.MessageArriving;
import dev.banyan.whatsapp.MessageBody;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.optouts.OptOut.Cause;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Singleton;

/// Contacts who get no campaigns: hears their words, and lets people and drivers add and remove them.
@Singleton
public record OptOuts(Database database, OptOutQueue queue, Audit audit, Clock clock) {

    private static final int AFTER_OTHERS = ObserverMethod.DEFAULT_PRIORITY + 1;
    private static final int LONGEST_NOTE = 300;
    private static final String BY_HAND = "Added by hand.";

    /// Last, so that the answer stands below the word in the thread.
    void messageArrives(@Observes @Priority(AFTER_OTHERS) MessageArriving message) {
        heard(message);
    }

    void optOutReported(@Observes OptOutReported reported) {
        reported.why()
                .ifPresentOrElse(
                        why -> add(reported.tx(), reported.tenant(), reported.contact(), why),
                        () -> wantsAgain(reported.tx(), reported.tenant(), reported.contact()));
    }

    /// Hears what a contact writes, in the transaction that stores it. Each opt-out is answered once.
    public void heard(MessageArriving message) {
        Tx tx = message.tx();
        AccountId tenant = message.tenant();
        OptOutSettings settings = new OptOutSettingsStore(tx).find(tenant);
        if (settings.isOut(message.text())) {
            String word = MessageBody.tamed(message.text().strip(), OptOutSettings.LONGEST_WORD);
            var optOut = new OptOut(
                    message.from(),
                    Cause.WORD,
                    Optional.of(message.sender()),
                    Optional.of(word),
                    "The contact wrote it.",
                    clock.instant());
            if (store(tx, tenant, optOut)) {
                answer(message, settings.outAnswer());
            }
        } else if (settings.isIn(message.text()) && new OptOutStore(tx).delete(tenant, message.from())) {
            answer(message, settings.inAnswer());
        }
    }

    private void answer(MessageArriving message, String text) {
        if (!text.isBlank()) {
            queue.answer(message, text);
        }
    }

    /// Notes that a contact gets no campaigns any more, because WhatsApp says so (error 131050).
    ///
    /// @param why as a full sentence
    /// @return false if the contact had opted out already
    public boolean add(Tx tx, AccountId tenant, ContactAddress contact, String why) {
        String note = MessageBody.tamed(why, LONGEST_NOTE);
        return store(
                tx,
                tenant,
                new OptOut(contact, Cause.WHATSAPP, Optional.empty(), Optional.empty(), note, clock.instant()));
    }

    /// Ends what WhatsApp has said, and nothing that the contact said to us.
    private static void wantsAgain(Tx tx, AccountId tenant, ContactAddress contact) {
        var store = new OptOutStore(tx);
        if (store.find(tenant, contact)
                .filter(one -> one.cause() == Cause.WHATSAPP)
                .isPresent()) {
            store.delete(tenant, contact);
        }
    }

    /// Stores an opt-out, and cancels what campaigns have ordered for the contact.
    private boolean store(Tx tx, AccountId tenant, OptOut optOut) {
        boolean isNew = new OptOutStore(tx).insert(tenant, optOut);
        if (isNew) {
            queue.cancel(tx, tenant, optOut.contact());
        }
        return isNew;
    }

    /// Adds a contact by hand; one that has opted out already stays as it is.
    ///
    /// @param typed the phone number
    /// @param note why, for people; may be empty
    public Outcome<OptOut> add(AccountId tenant, Actor actor, String typed, String note) {
        if (note.codePointCount(0, note.length()) > LONGEST_NOTE) {
            return Outcome.rejected(new Invalid(
                    "note",
                    "note must be " + LONGEST_NOTE + " characters or fewer",
                    "The note must be " + LONGEST_NOTE + " characters or fewer."));
        }
        String why = MessageBody.tamed(note.strip(), LONGEST_NOTE);
        return database.write(tx -> ContactAliases.find(tx, tenant, typed)
                .map(contact -> add(tx, tenant, actor, contact, why.isEmpty() ? BY_HAND : why))
                .orElseGet(() -> Outcome.rejected(Phone.INVALID.in("phone"))));
    }

    private Outcome<OptOut> add(Tx tx, AccountId tenant, Actor actor, ContactAddress contact, String why) {
        var optOut = new OptOut(contact, Cause.PERSON, Optional.empty(), Optional.empty(), why, clock.instant());
        if (store(tx, tenant, optOut)) {
            note(tx, tenant, actor, "ContactOptedOut", contact);
        }
        return Outcome.done(new OptOutStore(tx).find(tenant, contact).orElseThrow());
    }

    /// Lets a contact get campaigns again.
    public Outcome<Nothing> remove(AccountId tenant, Actor actor, String typed) {
        return database.write(tx -> {
            Optional<ContactAddress> contact =
                    ContactAliases.find(tx, tenant, typed).filter(found -> new OptOutStore(tx).delete(tenant, found));
            contact.ifPresent(found -> note(tx, tenant, actor, "ContactOptedIn", found));
            return contact.isPresent() ? Outcome.done() : Outcome.<Nothing>notFound();
        });
    }

    private void note(Tx tx, AccountId tenant, Actor actor, String action, ContactAddress contact) {
        audit.note(tx, actor, new Owner(tenant, tenant), action, contact.key(), Map.of());
    }

    /// Lists contacts by number.
    ///
    /// @param after the last one of the previous page
    public List<OptOut> list(AccountId tenant, Optional<ContactAddress> after, int limit) {
        return database.read(tenant, tx -> new OptOutStore(tx).list(tenant, after, limit));
    }

    /// @param typed the phone number, or another address
    public Optional<OptOut> find(AccountId tenant, String typed) {
        return database.read(
                tenant,
                tx -> ContactAliases.find(tx, tenant, typed)
                        .flatMap(contact -> new OptOutStore(tx).find(tenant, contact)));
    }

    public OptOutSettings settings(AccountId tenant) {
        return database.read(tenant, tx -> new OptOutSettingsStore(tx).find(tenant));
    }

    public Outcome<OptOutSettings> save(AccountId tenant, Actor actor, OptOutSettings wanted) {
        List<Invalid> broken = wanted.broken();
        if (!broken.isEmpty()) {
            return Outcome.rejected(broken);
        }
        return database.write(tx -> {
            new OptOutSettingsStore(tx).save(tenant, wanted, clock.instant());
            audit.note(tx, actor, new Owner(tenant, tenant), "OptOutsConfigured", tenant.toString(), Map.of());
            return Outcome.done(wanted);
        });
    }
}
