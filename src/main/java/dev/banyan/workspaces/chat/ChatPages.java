package dev.banyan.workspaces.chat;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.answer.EarlyAnswer;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.Html;
import dev.banyan.workspaces.Conversation;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.access.WorkspaceMenu;
import dev.banyan.workspaces.access.WorkspacePageGuard.MemberPage;
import dev.banyan.workspaces.chat.Conversations.Part;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/// Draws the chat: a user's conversations and one of them.
@Singleton
record ChatPages(Conversations conversations, ChatAnswers answers, Attachments attachments, Settings settings) {

    private static final int LISTED = 50;
    private static final int LONGEST_SEARCH = 100;

    /// What a page shows of the conversations.
    ///
    /// @param part empty for a conversation that hasn't started
    /// @param view `thread` or `list`: the pane shown on phones
    /// @param draft text that couldn't be sent
    record Shown(
            Optional<Part> part,
            String view,
            String search,
            Optional<ConversationCursor> older,
            String draft,
            Optional<FormProblem> problem) {

        static Shown of(Optional<Part> part) {
            return new Shown(part, "thread", "", Optional.empty(), "", Optional.empty());
        }
    }

    @Produces
    @Dependent
    @Unremovable
    ConversationRequest request(MemberPage page, UriInfo address) {
        return ConversationId.parse(address.getPathParameters().getFirst("conversationId"))
                .map(id -> new ConversationRequest(page, id))
                .orElseThrow(() -> missing(page));
    }

    /// A request about the conversation that the path names: `@Context ConversationRequest conversation`. Whether the
    /// user has such a conversation, the operations say.
    record ConversationRequest(MemberPage page, ConversationId id) {

        Participant participant() {
            return page.participant();
        }

        /// Leads to the conversation.
        Response done() {
            return page.to("/chat/" + id);
        }

        EarlyAnswer missing() {
            return ChatPages.missing(page);
        }
    }

    static EarlyAnswer missing(MemberPage page) {
        return new EarlyAnswer(Html.answer(
                404,
                new ConversationMissingPage(page.door("Conversation not found").inEnglish())));
    }

    static String cut(String search) {
        String text = search.strip();
        return text.codePointCount(0, text.length()) <= LONGEST_SEARCH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SEARCH));
    }

    /// Shows the conversation again, with the text and why it was refused.
    Response refuse(int status, MemberPage page, Optional<ConversationId> id, String draft, FormProblem problem) {
        Optional<Part> part = id.flatMap(known -> conversations.readEnd(page.participant(), known));
        return show(status, page, new Shown(part, "thread", "", Optional.empty(), draft, Optional.of(problem)));
    }

    Response show(int status, MemberPage page, Shown shown) {
        return Html.answer(status, page(page, shown));
    }

    private ChatPage page(MemberPage page, Shown shown) {
        Participant whose = page.participant();
        Optional<Conversation> conversation = shown.part().map(Part::conversation);
        String title = conversation.map(Conversation::title).orElse(Conversation.NEW);
        String id = conversation.map(found -> found.id().toString()).orElse("");
        List<Message> messages = shown.part().map(Part::messages).orElse(List.of());
        long first = messages.isEmpty() ? 1 : messages.getFirst().position();
        long last = messages.isEmpty() ? 0 : messages.getLast().position();
        var listed = conversations.search(whose, shown.search(), shown.older(), LISTED);
        return new ChatPage(
                page.door(title),
                page.shell(WorkspaceMenu.CHAT, title),
                title,
                shown.view(),
                id,
                conversation.map(Conversation::handedOver).orElse(false),
                first,
                last,
                shown.search(),
                listed.conversations().stream()
                        .map(entry -> ChatPage.Entry.of(entry, id))
                        .toList(),
                listed.next().map(next -> older(next, shown.search())),
                shown.part().map(ChatPages::lines).orElse(List.of()),
                Optional.of(Math.max(0, first - 1 - Conversations.PORTION)).filter(_ -> first > 1),
                Optional.of(last).filter(_ -> shown.part().map(Part::more).orElse(false)),
                conversation.map(found -> answers.isWriting(whose, found.id())).orElse(false),
                Digests.newToken(),
                shown.draft(),
                conversation.stream()
                        .flatMap(found -> attachments.waiting(whose, found.id()).stream())
                        .map(ChatPage.File::of)
                        .toList(),
                settings.attachmentBytes(),
                shown.problem());
    }

    private static List<ChatPage.Line> lines(Part part) {
        return part.messages().stream()
                .map(message -> ChatPage.Line.of(
                        message,
                        part.attachments().getOrDefault(message.id(), List.of()),
                        message.position() == part.conversation().messages()))
                .toList();
    }

    private static String older(ConversationCursor next, String search) {
        return "view=list&older=" + next
                + (search.isEmpty() ? "" : "&search=" + URLEncoder.encode(search, StandardCharsets.UTF_8));
    }
}
