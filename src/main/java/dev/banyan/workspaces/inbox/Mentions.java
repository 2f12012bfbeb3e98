package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.users.WorkspaceUserRules;

/// `@name` in an internal note: agents and admins of the workspace are told; any other name stays plain text.
final class Mentions {

    /// The most people that one note reaches.
    static final int MOST = 10;

    /// A username after an @ that begins a word, so that email addresses are left alone, and not in web addresses,
    /// where `/@name` is a profile. What ends a sentence may belong to it, and what follows without a space.
    /// Keyboards for Chinese and Japanese write a wide @.
    private static final Pattern MENTION = Pattern.compile("https?://\\S+|(?<![A-Za-z0-9_@.])[@＠]("
            + WorkspaceUserRules.USERNAME_CHARACTERS + "{2," + WorkspaceUserRules.LONGEST_USERNAME
            + "}+)(?![A-Za-z0-9_@])");

    private static final Pattern LAST_PART = Pattern.compile("[.-]+[^.-]*$|^[^.-]*$");

    private Mentions() {}

    /// Returns the names that a text mentions, in lower case, in their order, as [#readings] may have to read them.
    static Set<String> names(String text) {
        return MENTION.matcher(text)
                .results()
                .flatMap(found -> Stream.ofNullable(found.group(1)))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// @return those who are to be told: everyone but its author
    static Set<Integer> store(Tx tx, Workspace workspace, ConversationId thread, Message note) {
        AccountId tenant = workspace.owner().tenant();
        var users = new WorkspaceUserStore(tx);
        var mentions = new NoteMentionStore(tx);
        var told = new HashSet<Integer>();
        for (String name : names(note.text())) {
            readings(name)
                    .flatMap(one -> users.findByUsername(tenant, workspace.id(), one).stream())
                    .findFirst()
                    .map(WorkspaceUserStore.Credentials::user)
                    .filter(user -> user.role().usesInbox())
                    .filter(user ->
                            note.by().filter(by -> by.user() == user.id()).isEmpty())
                    .ifPresent(user -> {
                        mentions.add(tenant, workspace.id(), thread, note, by(user));
                        told.add(user.id());
                    });
        }
        return Set.copyOf(told);
    }

    /// Returns a name, and what is left of it if the last dots and hyphens are the sentence’s, the longest first: of
    /// `anna.smith.Thanks` there may be an `anna.smith`.
    private static Stream<String> readings(String name) {
        return Stream.iterate(
                name, one -> !one.isEmpty(), one -> LAST_PART.matcher(one).replaceFirst(""));
    }

    private static Message.By by(WorkspaceUser user) {
        return new Message.By(user.id(), user.username());
    }

    /// Splits a note's text at its mentions.
    ///
    /// @param mentioned who the note mentions
    static List<InboxPage.Piece> pieces(String text, List<Message.By> mentioned, int reader) {
        var pieces = new ArrayList<InboxPage.Piece>();
        int from = 0;
        Matcher found = MENTION.matcher(text);
        while (found.find()) {
            var user = Stream.ofNullable(found.group(1))
                    .flatMap(Mentions::readings)
                    .flatMap(one -> named(mentioned, one).stream())
                    .findFirst();
            if (user.isPresent()) {
                if (found.start() > from) {
                    pieces.add(new InboxPage.Piece(text.substring(from, found.start()), false, false));
                }
                int end = found.start(1) + user.get().name().length();
                pieces.add(new InboxPage.Piece(
                        text.substring(found.start(), end), true, user.get().user() == reader));
                from = end;
            }
        }
        if (from < text.length()) {
            pieces.add(new InboxPage.Piece(text.substring(from), false, false));
        }
        return List.copyOf(pieces);
    }

    private static Optional<Message.By> named(List<Message.By> mentioned, String name) {
        return mentioned.stream().filter(by -> by.name().equalsIgnoreCase(name)).findFirst();
    }
}
