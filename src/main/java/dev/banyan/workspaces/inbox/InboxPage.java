package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.Digests;
import dev.banyan.platform.web.page.Avatar;
import dev.banyan.platform.web.page.Choice;
import dev.banyan.platform.web.page.FormProblem;
import dev.banyan.platform.web.page.LinkedText;
import dev.banyan.workspaces.access.MemberShell;
import dev.banyan.workspaces.access.WorkspaceDoor;
import dev.banyan.workspaces.chat.ChatPage;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;

/// The inbox of a workspace: a list of threads, one of them, and its contact. `view` is the pane shown on phones:
/// `list`, `thread` or `details`. `filters` is the query string that keeps the list as it is. `number` is the number
/// that replies; empty if there is none. `unread` counts unread conversations and mentions, `mentions` the latter
/// alone.
@CheckedTemplate(basePath = "workspaces")
record InboxPage(
        WorkspaceDoor door,
        MemberShell member,
        String path,
        String view,
        String filters,
        List<Tab> tabs,
        String list,
        Optional<String> tag,
        List<TagLink> tags,
        String search,
        boolean narrowed,
        List<Entry> threads,
        Optional<String> older,
        String unread,
        String mentions,
        Optional<Number> number,
        boolean admin,
        Optional<Open> open,
        boolean openUnread,
        Optional<Begun> begun)
        implements TemplateInstance {

    /// One of the four lists; `count` is "99+" for more.
    record Tab(String key, String label, String count, boolean current) {}

    /// A tag that filters the list; `encoded` for use in addresses.
    record TagLink(String name, String encoded, boolean current) {}

    /// The number that replies are sent from.
    record Number(String name, Optional<String> phone, boolean connected) {}

    /// A thread in the list.
    record Entry(
            String id,
            String name,
            boolean isNumber,
            Avatar avatar,
            String text,
            boolean current,
            String unread,
            boolean personWanted,
            boolean chat,
            List<String> tags,
            Optional<String> assignee,
            ChatPage.At at) {

        public boolean hasUnread() {
            return !unread.isEmpty();
        }
    }

    /// The form for a first message to a new number, with its input and errors.
    record Begun(String phone, String draft, String key, Optional<FormProblem> problem) {}

    /// The open thread; `assignee` is a user’s number or `nobody`.
    record Open(
            String id,
            String name,
            Avatar avatar,
            Optional<Person> contact,
            boolean isOpen,
            boolean hasUnread,
            boolean personWanted,
            boolean handedOver,
            Optional<ChatPage.At> resumesAt,
            Optional<FromAd> ad,
            String assignee,
            boolean mine,
            List<Assignable> assignables,
            List<String> tags,
            boolean tagsFull,
            List<Line> lines,
            Optional<Long> earlier,
            boolean later,
            Optional<String> answeredBy,
            Optional<String> answersFrom,
            List<Choice> numbers,
            boolean windowClosed,
            List<TemplateForm> templates,
            List<String> colleagues,
            List<Choice> saved,
            Draft draft) {

        /// What agents react with.
        public List<String> emojis() {
            return List.of("👍", "❤️", "😂", "😮", "🙏");
        }

        public boolean chat() {
            return contact.isEmpty();
        }
    }

    /// The ad that led the contact here; `url` only if it can be opened.
    record FromAd(String type, String headline, Optional<String> url) {}

    /// A contact.
    ///
    /// @param canBeAsked for the phone number, which the contact hides
    /// @param merged while that can be undone
    record Person(String phone, String name, String about, boolean canBeAsked, Optional<Merged> merged) {}

    /// Another contact that turned out to be the same, and until when that can be undone.
    record Merged(String former, ChatPage.At until) {}

    /// A user who can be assigned the thread.
    record Assignable(String value, String label, boolean selected) {}

    /// The content of the reply box.
    ///
    /// @param taken whether the problem is that someone else has the thread, which can be taken all the same
    record Draft(
            String key,
            String text,
            boolean note,
            Optional<Answered> answered,
            Optional<FormProblem> problem,
            boolean taken) {

        /// Nothing is typed, and something else was refused.
        static Draft refused(FormProblem problem, boolean taken) {
            return new Draft(Digests.newToken(), "", false, Optional.empty(), Optional.of(problem), taken);
        }
    }

    /// The message that the draft answers.
    record Answered(String id, String text) {}

    /// A template that can be sent, with the names of its fields.
    record TemplateForm(String value, String name, String language, String body, List<String> fields) {}

    /// A file of a message.
    /// `show` is `picture`, `audio`, `video` or `file`.
    record File(String name, String size, String url, String show) {}

    /// A quoted message; `id` if it is on this page.
    record Quote(String who, String text, Optional<String> id) {}

    record Place(String name, String address, String coordinates, String url) {}

    record Card(String name, String phone, String organization) {}

    /// A button, or a row of a list.
    record Offer(String title, String description) {}

    /// What a message shows besides text and files. `known` if WhatsApp knows it, so that it can be answered.
    record Bubble(
            Optional<Quote> quote,
            List<String> reactions,
            boolean edited,
            boolean deleted,
            boolean known,
            Optional<Place> place,
            List<Card> cards,
            Optional<String> template,
            String charged,
            String header,
            String footer,
            List<Offer> offers,
            Optional<String> opener) {

        static final Bubble PLAIN = new Bubble(
                Optional.empty(),
                List.of(),
                false,
                false,
                false,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                Optional.empty());

        public Bubble {
            reactions = List.copyOf(reactions);
            cards = List.copyOf(cards);
            offers = List.copyOf(offers);
        }
    }

    /// A piece of a note's text.
    ///
    /// @param mention whether it mentions someone
    /// @param me whether it mentions the reader
    record Piece(String text, boolean mention, boolean me) {

        public RawString linked() {
            return LinkedText.of(text);
        }
    }

    /// A message, a note or a line about an action. `kind` is `in`, `me`, `assistant`, `note` or `event`; `delivery` is
    /// the delivery state of a reply; `pieces` is the text, split at its mentions.
    record Line(
            String id,
            String kind,
            String who,
            String text,
            List<Piece> pieces,
            ChatPage.At at,
            Optional<String> from,
            String delivery,
            boolean bad,
            boolean uncertain,
            List<File> files,
            Bubble bubble) {

        public RawString linked() {
            return LinkedText.of(text);
        }

        public boolean hasText() {
            return !text.isEmpty() && bubble.place().isEmpty() && bubble.cards().isEmpty();
        }
    }
}
