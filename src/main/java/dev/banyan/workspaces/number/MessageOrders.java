package dev.banyan.workspaces.number;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Digests;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.Tx;
import dev.banyan.whatsapp.ContactAddress;
import dev.banyan.whatsapp.Media;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.MessageContent.Kind;
import dev.banyan.whatsapp.MessageSchedule;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.contacts.ContactAliases;
import dev.banyan.whatsapp.contacts.ContactAliases.Meant;
import dev.banyan.whatsapp.messages.MessageContents;
import dev.banyan.whatsapp.messages.MessageContents.Checked;
import dev.banyan.whatsapp.messages.MessageContents.FileSource;
import dev.banyan.whatsapp.messages.MessageFile;
import dev.banyan.whatsapp.messages.MessageFiles;
import dev.banyan.whatsapp.messages.MessageFiles.Kept;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.Quotes;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.inject.Singleton;

/// Turns what programs ask for into orders: checks it, fetches links before the transaction, and finds uploads and
/// quoted messages within it.
@Singleton
record MessageOrders(
        MessageFiles files, Clock clock, @VirtualThreads ExecutorService threads) {

    /// Prefix of the keys of API messages; inbox messages have other keys.
    static final String OF_PROGRAMS = OutgoingMessage.API_KEY;

    private static final int LONGEST_KEY = 128;
    private static final int MOST_LINKS = 50;
    private static final Invalid BAD_TO = new Invalid("to", "Invalid phone number");
    private static final Invalid BAD_KEY = new Invalid("key", "key must be " + LONGEST_KEY + " characters or less");
    private static final Invalid TOO_MANY_LINKS =
            new Invalid("media", "media: a request can have up to " + MOST_LINKS + " different links");

    /// A link, and what it has to lead to.
    private record Link(String url, Kind kind) {}

    /// A parsed request: what is wrong with it, or all parts of its order.
    ///
    /// @param fetched the file its link has led to
    record Asked(
            Optional<Invalid> invalid,
            Optional<Meant> to,
            String key,
            MessageSchedule schedule,
            Optional<Checked.Good> content,
            Optional<MessageFile> fetched) {

        private Asked wrong(Invalid why) {
            return new Asked(Optional.of(why), to, key, schedule, content, fetched);
        }

        private Asked with(MessageFile file) {
            return new Asked(invalid, to, key, schedule, content, Optional.of(file));
        }

        private Optional<Link> link() {
            return content.filter(_ -> invalid.isEmpty())
                    .flatMap(good -> good.file().flatMap(file -> switch (file) {
                        case FileSource.Linked(String url) -> Optional.of(new Link(url, good.kind()));
                        case FileSource.Uploaded _ -> Optional.empty();
                    }));
        }
    }

    /// An order, or why there is none.
    sealed interface Made {

        record Done(Outgoing.Order order) implements Made {}

        record Refused(Invalid invalid) implements Made {}
    }

    /// Checks requests, and fetches their links, each once. Never within a transaction.
    ///
    /// @param isTest whether they come from a key in test mode
    List<Asked> read(AccountContext context, List<MessageRequest> requests, boolean isTest) {
        String keys = isTest ? OutgoingMessage.TEST_KEY : OF_PROGRAMS;
        List<Asked> all =
                requests.stream().map(request -> read(context, request, keys)).toList();
        var links = new LinkedHashMap<Link, CompletableFuture<Kept>>();
        all.stream().flatMap(asked -> asked.link().stream()).forEach(link -> {
            if (links.size() < MOST_LINKS) {
                links.computeIfAbsent(
                        link,
                        _ -> CompletableFuture.supplyAsync(
                                () -> files.fetch(context.owner(), link.url(), link.kind()), threads));
            }
        });
        return all.stream().map(asked -> fetched(asked, links)).toList();
    }

    private static Asked fetched(Asked asked, Map<Link, CompletableFuture<Kept>> links) {
        return asked.link()
                .map(link -> Optional.ofNullable(links.get(link))
                        .map(CompletableFuture::join)
                        .map(kept -> switch (kept) {
                            case Kept.Done(MessageFile file) -> asked.with(file);
                            case Kept.Refused(Invalid invalid) -> asked.wrong(invalid);
                        })
                        .orElseGet(() -> asked.wrong(TOO_MANY_LINKS)))
                .orElse(asked);
    }

    private static Asked read(AccountContext context, MessageRequest request, String keys) {
        Optional<Meant> to = Meant.by(request.to());
        Optional<Invalid> badTime = Optional.empty();
        MessageSchedule schedule = MessageSchedule.NONE;
        try {
            schedule = MessageSchedule.parse(request.sendAt(), request.expiresAt());
        } catch (MessageSchedule.BadTime bad) {
            badTime = Optional.of(bad.invalid());
        }
        Checked checked = MessageContents.check(request.draft());
        Optional<Invalid> invalid = Stream.of(
                        Optional.of(BAD_TO).filter(_ -> to.isEmpty()),
                        Optional.of(BAD_KEY).filter(_ -> request.key().length() > LONGEST_KEY),
                        badTime,
                        checked instanceof Checked.Bad(Invalid bad) ? Optional.of(bad) : Optional.<Invalid>empty())
                .flatMap(Optional::stream)
                .findFirst();
        return new Asked(
                invalid,
                to,
                keys + Digests.sha256Hex(context.acting().id() + "\n" + request.key()),
                schedule,
                checked instanceof Checked.Good good ? Optional.of(good) : Optional.empty(),
                Optional.empty());
    }

    /// Completes a request with its upload and the message that it answers.
    Made make(Tx tx, Owner owner, Sender sender, Asked asked) {
        if (asked.invalid().isPresent()) {
            return new Made.Refused(asked.invalid().get());
        }
        Checked.Good good = asked.content().orElseThrow();
        Optional<ContactAddress> to = asked.to().flatMap(meant -> ContactAliases.find(tx, sender.tenant(), meant));
        if (to.isEmpty()) {
            return new Made.Refused(BAD_TO);
        }
        Optional<Media> media = Optional.empty();
        if (good.file().isPresent()) {
            switch (file(tx, owner, good, asked)) {
                case Kept.Refused(Invalid invalid) -> {
                    return new Made.Refused(invalid);
                }
                case Kept.Done(MessageFile file) -> media = Optional.of(file.media());
            }
        }
        MessageContent content = MessageContent.of(good.detail());
        if (good.replyTo().isPresent()) {
            switch (Quotes.find(
                    tx, sender.tenant(), sender.id(), to.get(), good.replyTo().get())) {
                case Quotes.Found.Rejected(Invalid invalid) -> {
                    return new Made.Refused(invalid);
                }
                case Quotes.Found.Done(MessageContent.Quoted quoted) -> content = content.answering(quoted);
            }
        }
        return new Made.Done(
                new Outgoing.Order(sender.id(), to.get(), good.text(), media, content, asked.key(), asked.schedule()));
    }

    private Kept file(Tx tx, Owner owner, Checked.Good good, Asked asked) {
        Instant due = OutgoingMessage.isTest(asked.key())
                ? Instant.EPOCH // a test keeps no file
                : asked.schedule().sendAt().orElseGet(clock::instant);
        return switch (good.file().orElseThrow()) {
            case FileSource.Uploaded(var id) -> files.take(tx, owner, id, good.kind(), due);
            case FileSource.Linked _ ->
                files.take(tx, owner, asked.fetched().orElseThrow().id(), good.kind(), due);
        };
    }

    /// Removes fetched files that no new message carries.
    void tidy(Owner owner, List<Asked> all, List<Outgoing.Ordered> outcomes) {
        List<String> used = outcomes.stream()
                .flatMap(outcome -> outcome instanceof Outgoing.Ordered.Done done
                        ? done.message().media().map(Media::path).stream()
                        : Stream.empty())
                .toList();
        all.stream()
                .flatMap(asked -> asked.fetched().stream())
                .distinct()
                .filter(file -> !used.contains(file.path()))
                .forEach(file -> files.discard(owner, file));
    }
}
