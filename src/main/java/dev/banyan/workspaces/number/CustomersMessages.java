package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.files.LocalCopy;
import dev.banyan.platform.files.StoredFile;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.Phone;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.messages.MessageContents.Checked;
import dev.banyan.whatsapp.messages.MessageContents.FileSource;
import dev.banyan.whatsapp.messages.MessageDraft;
import dev.banyan.whatsapp.messages.MessageFile;
import dev.banyan.whatsapp.messages.MessageFiles;
import dev.banyan.whatsapp.simulator.SimulatedActs;
import dev.banyan.whatsapp.simulator.SimulatedActs.Act;
import dev.banyan.whatsapp.simulator.SimulatedContacts;
import dev.banyan.whatsapp.simulator.SimulatedContacts.CustomerFile;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Played;
import dev.banyan.whatsapp.simulator.SimulatedContacts.Written;
import jakarta.inject.Singleton;

/// What API clients let simulated customers do.
@Singleton
record CustomersMessages(
        Database database,
        NumberPicking picking,
        SimulatedContacts customers,
        SimulatedActs acts,
        MessageFiles files,
        Clock clock) {

    private static final String EMPTY = "";
    private static final Invalid BAD_FROM = new Invalid("from", "Invalid phone number");

    /// @param act a type of messages, `edit`, `delete` or `typing`
    /// @param message what is edited or deleted
    /// @param choice what was chosen from buttons or a list
    record Wanted(String act, Optional<String> message, Optional<String> choice, MessageDraft draft) {}

    /// Result of simulating a customer's message.
    sealed interface Received {

        record Played(SimulatedContacts.Played outcome) implements Received {}

        record NotPicked(PickedNumber why) implements Received {}
    }

    /// Sends a message to a number as a simulated customer.
    ///
    /// @param from as typed
    Received receive(
            AccountContext context, PickedNumber.NumberSelector which, String from, String name, Wanted wanted) {
        return switch (database.<PickedNumber>read(tx -> picking.pick(tx, context, which))) {
            case PickedNumber.Done(Sender sender) ->
                new Received.Played(Phone.ofContact(from)
                        .map(phone -> play(context.owner(), sender, phone, name, wanted))
                        .orElseGet(() -> new Played.Rejected(BAD_FROM)));
            case PickedNumber why -> new Received.NotPicked(why);
        };
    }

    private Played play(Owner owner, Sender sender, Phone from, String name, Wanted wanted) {
        return switch (wanted.act()) {
            case "edit" ->
                act(
                        sender,
                        from,
                        new Act.Edit(
                                wanted.message().orElse(EMPTY), wanted.draft().text()));
            case "delete" -> act(sender, from, new Act.Delete(wanted.message().orElse(EMPTY)));
            case "typing" -> act(sender, from, new Act.Type(true));
            case "reaction" -> react(sender, from, wanted.draft());
            case "template", "buttons", "list" ->
                new Played.Rejected(new Invalid("type", "Contacts can’t send messages of type " + wanted.act()));
            default -> write(owner, sender, from, name, wanted);
        };
    }

    private Played act(Sender sender, Phone from, Act act) {
        return acts.act(sender.tenant(), sender.id(), from, act);
    }

    private Played react(Sender sender, Phone from, MessageDraft draft) {
        return switch (MessageContents.check(draft)) {
            case Checked.Bad(Invalid invalid) -> new Played.Rejected(invalid);
            case Checked.Good good ->
                act(
                        sender,
                        from,
                        new Act.React(
                                good.replyTo().orElse(EMPTY),
                                good.detail() instanceof MessageContent.Reaction(String emoji) ? emoji : EMPTY));
        };
    }

    private Played write(Owner owner, Sender sender, Phone from, String name, Wanted wanted) {
        return switch (MessageContents.check(wanted.draft())) {
            case Checked.Bad(Invalid invalid) -> new Played.Rejected(invalid);
            case Checked.Good good -> {
                Optional<MessageFiles.Kept> kept = good.file().map(source -> file(owner, source, good));
                if (kept.isPresent() && kept.get() instanceof MessageFiles.Kept.Refused(Invalid invalid)) {
                    yield new Played.Rejected(invalid);
                }
                MessageContent.Detail detail = wanted.choice()
                        .<MessageContent.Detail>map(MessageContent.Picked::new)
                        .orElse(good.detail());
                Function<Optional<CustomerFile>, Played> write = file -> customers.write(
                        sender.tenant(),
                        sender.id(),
                        from,
                        name,
                        new Written(good.text(), file, detail, good.replyTo()));
                yield kept.flatMap(one -> one instanceof MessageFiles.Kept.Done(MessageFile file)
                                ? files.content(file.media()).map(content -> write(file.name(), content, write))
                                : Optional.empty())
                        .orElseGet(() -> write.apply(Optional.empty()));
            }
        };
    }

    private static Played write(String name, StoredFile content, Function<Optional<CustomerFile>, Played> write) {
        try (var here = LocalCopy.of(content)) {
            return write.apply(Optional.of(new CustomerFile(name, here.file())));
        }
    }

    private MessageFiles.Kept file(Owner owner, FileSource source, Checked.Good good) {
        return switch (source) {
            case FileSource.Uploaded(var id) ->
                database.write(tx -> files.take(tx, owner, id, good.kind(), clock.instant()));
            case FileSource.Linked(String url) -> files.fetch(owner, url, good.kind());
        };
    }
}
