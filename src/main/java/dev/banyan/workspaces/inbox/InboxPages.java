package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.whatsapp.DeliveryState;
import dev.banyan.whatsapp.MessageContent;
import dev.banyan.whatsapp.OutgoingMessage;
import dev.banyan.whatsapp.Pools;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.whatsapp.messages.Outgoing;
import dev.banyan.whatsapp.messages.TemplateValues;
import dev.banyan.workspaces.Contact;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.InboxThread;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.WorkspaceActor.Member;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.chat.ChatPage;
import dev.banyan.workspaces.inbox.InboxPage.Draft;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
import jakarta.inject.Singleton;

/// Renders the inbox.
@Singleton
record InboxPages(
        Inbox inbox,
        CannedReplies saved,
        WorkspaceNumbers numbers,
        Outgoing outgoing,
        Pools pools,
        AnsweringNumbers answering,
        ContactActs contacts,
        Clock clock) {

    /// What an agent is looking at.
    ///
    /// @param pane the pane shown on phones
    /// @param draft the text in the reply box
    /// @param reply the message that it answers
    record ListFilter(
            ThreadQuery query,
            Optional<ConversationId> thread,
            Optional<Long> before,
            String pane,
            Draft draft,
            Optional<InboxPage.Begun> begun,
            Optional<UUID> reply) {

        static Draft nothing() {
            return new Draft(Digests.newToken(), "", false, Optional.empty(), Optional.empty(), false);
        }
    }

    static final String NOBODY = "nobody";

    /// @return empty if the requested thread doesn't exist
    Optional<InboxPage> page(MemberPage page, ListFilter looking) {
        Member member = page.member();
        Optional<ThreadPart> part =
                looking.thread().flatMap(id -> inbox.read(member, id, looking.before(), Inbox.PORTION));
        if (looking.thread().isPresent() && part.isEmpty()) {
            return Optional.empty();
        }
        ThreadQuery query = looking.query();
        Inbox.Listed listed = inbox.list(member, query);
        Inbox.Surroundings around = inbox.surroundings(member);
        Optional<Sender> number = numbers.of(member.workspace());
        String title = part.map(found -> found.thread().name()).orElse("Inbox");
        return Optional.of(new InboxPage(
                page.door(title),
                page.shell(WorkspaceMenu.INBOX, title),
                page.home() + "/inbox",
                looking.pane(),
                filters(query),
                Stream.of(View.values())
                        .filter(view -> view != View.MENTIONS)
                        .map(view -> new InboxPage.Tab(
                                view.key(),
                                view.label,
                                counted(around.counts().getOrDefault(view, 0)),
                                view == query.view()))
                        .toList(),
                query.view().key(),
                query.tag(),
                around.tags().stream()
                        .map(tag -> new InboxPage.TagLink(
                                tag, WebAddresses.encoded(tag), query.tag().equals(Optional.of(tag))))
                        .toList(),
                query.search(),
                query.tag().isPresent() || !query.search().isBlank(),
                listed.threads().stream()
                        .map(thread -> entry(thread, looking.thread()))
                        .toList(),
                listed.next().map(Object::toString),
                counted(around.unread() + around.mentions()),
                counted(around.mentions()),
                number.map(InboxPages::number),
                member.user().isAdmin(),
                part.map(found -> open(member, found, around, number, looking)),
                part.filter(ThreadPart::isNew).isPresent(),
                looking.begun()));
    }

    /// Formats a count: "99+" beyond the counting limit, an empty text for zero.
    static String counted(long count) {
        if (count == 0) {
            return "";
        }
        return count >= Inbox.COUNTED ? Inbox.COUNTED - 1 + "+" : Long.toString(count);
    }

    /// Returns the query string that keeps the list as it is; empty for the default list.
    static String filters(ThreadQuery query) {
        var parts = new ArrayList<String>();
        if (query.view() != View.OPEN) {
            parts.add("list=" + query.view().key());
        }
        query.tag().ifPresent(tag -> parts.add("tag=" + WebAddresses.encoded(tag)));
        if (!query.search().isBlank()) {
            parts.add("q=" + WebAddresses.encoded(query.search()));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static InboxPage.Number number(Sender sender) {
        return new InboxPage.Number(
                sender.shownName(),
                sender.phone().map(Object::toString),
                sender.state().isActive());
    }

    private static InboxPage.Entry entry(InboxThread thread, Optional<ConversationId> current) {
        return new InboxPage.Entry(
                thread.id().toString(),
                thread.name(),
                thread.contact().filter(Contact::isNameless).isPresent(),
                avatar(thread),
                said(thread.last()),
                current.equals(Optional.of(thread.id())),
                counted(thread.unread()),
                thread.personWanted(),
                thread.channel() == InboxThread.Channel.CHAT,
                thread.tags(),
                thread.assignee().map(Message.By::name),
                ChatPage.At.day(thread.last().at()));
    }

    private static Avatar avatar(InboxThread thread) {
        return Avatar.of(thread.name(), thread.id().toString());
    }

    private static String said(InboxThread.Last last) {
        return switch (last.author()) {
            case USER, CONTACT -> last.text();
            case ASSISTANT -> "Assistant: " + last.text();
            case AGENT -> "Reply: " + last.text();
            case NOTE -> "Note: " + last.text();
        };
    }

    private InboxPage.Open open(
            Member member, ThreadPart part, Inbox.Surroundings around, Optional<Sender> number, ListFilter looking) {
        InboxThread thread = part.thread();
        Map<UUID, OutgoingMessage> ways = outgoing.find(
                member.owner().tenant(),
                part.messages().stream()
                        .flatMap(message -> message.outgoing().stream())
                        .toList());
        List<SenderId> senders = Stream.concat(
                        ways.values().stream().flatMap(way -> way.sender().stream()), thread.sender().stream())
                .distinct()
                .toList();
        Map<SenderId, Sender> known = senders.stream()
                        .allMatch(
                                id -> number.filter(own -> own.id().equals(id)).isPresent())
                ? number.map(own -> Map.of(own.id(), own)).orElseGet(Map::of)
                : pools.senders(member.owner().tenant(), senders);
        AnsweringNumbers.Answering answers = answering.of(member.workspace(), thread);
        int me = member.user().id();
        Optional<Integer> assignee = thread.assignee().map(Message.By::user);
        return new InboxPage.Open(
                thread.id().toString(),
                thread.name(),
                avatar(thread),
                thread.contact()
                        .map(contact -> new InboxPage.Person(
                                contact.address().shown()
                                        + contact.username()
                                                .map(name -> " · @" + name)
                                                .orElse(""),
                                contact.name(),
                                contact.about().orElse(""),
                                thread.canBeAskedForPhone() && !answers.isClosed(),
                                contacts.merge(member, thread)
                                        .map(merge -> new InboxPage.Merged(
                                                merge.former().shown(), ChatPage.At.day(merge.undoableUntil()))))),
                thread.isOpen(),
                part.isNew(),
                thread.personWanted(),
                thread.handedOver(),
                thread.resumesAt().filter(clock.instant()::isBefore).map(ChatPage.At::time),
                thread.ad().map(InboxPages::from),
                assignee.map(Object::toString).orElse(NOBODY),
                assignee.equals(Optional.of(me)),
                Stream.concat(
                                Stream.of(new InboxPage.Assignable(NOBODY, "Unassigned", assignee.isEmpty())),
                                around.colleagues().stream()
                                        .map(user -> new InboxPage.Assignable(
                                                Integer.toString(user.user()),
                                                user.user() == me ? user.name() + " (you)" : user.name(),
                                                assignee.equals(Optional.of(user.user())))))
                        .toList(),
                thread.tags(),
                thread.tags().size() >= Inbox.TAGS_PER_THREAD,
                part.messages().stream()
                        .map(message -> line(member, part, message, ways, known))
                        .toList(),
                part.earlier(),
                looking.before().isPresent(),
                thread.sender()
                        .flatMap(id -> Optional.ofNullable(known.get(id)))
                        .map(Sender::shownName),
                answers.current().map(InboxPages::label),
                answers.others().stream()
                        .map(sender -> new Choice(sender.id().value(), label(sender)))
                        .toList(),
                answers.isClosed(),
                answers.templates().stream()
                        .map(template -> new InboxPage.TemplateForm(
                                template.name() + "|" + template.language(),
                                template.name(),
                                template.language(),
                                template.body(),
                                TemplateValues.fields(template)))
                        .toList(),
                around.colleagues().stream()
                        .filter(user -> user.user() != me)
                        .map(Message.By::name)
                        .toList(),
                saved.list(member).stream()
                        .map(reply -> new Choice(
                                CannedReplies.fill(
                                        reply.text(), thread, member.user().username(), member.workspace()),
                                reply.name()))
                        .toList(),
                answered(part, looking));
    }

    private static InboxPage.FromAd from(MessageContent.Ad ad) {
        return new InboxPage.FromAd(
                ad.type(),
                ad.headline().isBlank() ? ad.id() : ad.headline(),
                Optional.of(ad.url()).filter(url -> url.startsWith("https://")));
    }

    private static String label(Sender sender) {
        return sender.phone().map(phone -> sender.shownName() + ", " + phone).orElse(sender.shownName());
    }

    /// Returns the draft with the message that it answers, if that is shown.
    private static Draft answered(ThreadPart part, ListFilter looking) {
        Draft draft = looking.draft();
        return part.messages().stream()
                .filter(message -> looking.reply().equals(Optional.of(message.id())))
                .findFirst()
                .map(message -> new Draft(
                        draft.key(),
                        draft.text(),
                        draft.note(),
                        Optional.of(new InboxPage.Answered(
                                message.id().toString(), message.text().isBlank() ? "File" : message.text())),
                        draft.problem(),
                        draft.taken()))
                .orElse(draft);
    }

    private static InboxPage.Line line(
            Member member,
            ThreadPart part,
            Message message,
            Map<UUID, OutgoingMessage> ways,
            Map<SenderId, Sender> senders) {
        InboxThread thread = part.thread();
        String files = WorkspacePageGuard.pathOf(member.workspace()) + "/inbox/" + thread.id() + "/files/";
        Optional<OutgoingMessage> way = message.outgoing().flatMap(id -> Optional.ofNullable(ways.get(id)));
        Optional<DeliveryState> state = way.map(OutgoingMessage::state);
        return new InboxPage.Line(
                message.id().toString(),
                kind(message),
                who(part, message),
                message.text(),
                Mentions.pieces(
                        message.text(),
                        part.mentions().getOrDefault(message.id(), List.of()),
                        member.user().id()),
                ChatPage.At.time(message.createdAt()),
                way.flatMap(OutgoingMessage::sender)
                        .flatMap(id -> Optional.ofNullable(senders.get(id)))
                        .map(Sender::shownName),
                way.map(InboxPages::words).orElse(""),
                state.filter(now -> now == DeliveryState.FAILED || now == DeliveryState.UNCERTAIN)
                        .isPresent(),
                state.filter(now -> now == DeliveryState.UNCERTAIN).isPresent(),
                part.files().getOrDefault(message.id(), List.of()).stream()
                        .map(file -> new InboxPage.File(
                                file.name(), file.sizeText(), files + file.id(), MessageBubbles.show(file)))
                        .toList(),
                MessageBubbles.of(part, message));
    }

    private static String kind(Message message) {
        return switch (message.author()) {
            case USER, CONTACT -> "in";
            case AGENT -> "me";
            case ASSISTANT -> "assistant";
            case NOTE -> message.by().isPresent() ? "note" : "event";
        };
    }

    private static String who(ThreadPart part, Message message) {
        return switch (message.author()) {
            case USER, CONTACT -> part.thread().name();
            case AGENT, NOTE ->
                message.origin()
                        .map(origin -> words(origin, part.campaign(message).flatMap(ThreadPart.Campaign::name)))
                        .orElseGet(() -> message.by().map(Message.By::name).orElse(""));
            case ASSISTANT -> "Assistant";
        };
    }

    private static String words(OutgoingMessage.Origin origin, Optional<String> campaign) {
        return switch (origin) {
            case PHONE -> "Sent from the phone";
            case API -> "Sent over the API";
            case CAMPAIGN -> campaign.map(name -> "Campaign " + name).orElse("Campaign");
            case POOL -> "Sent from the number’s page";
            case AUTOMATIC -> "Automatic reply";
        };
    }

    /// Describes the delivery state of a reply.
    static String words(OutgoingMessage way) {
        return switch (way.state()) {
            case SCHEDULED -> "scheduled";
            case QUEUED -> "queued";
            case SENDING -> "sending";
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case READ -> "read";
            case FAILED -> "Not sent: " + way.error().orElse("no reason given");
            case CANCELED -> "Canceled";
            case UNCERTAIN -> "Uncertain: " + way.error().orElse("the connection was lost while sending");
        };
    }
}
