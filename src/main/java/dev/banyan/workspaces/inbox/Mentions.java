package dev.banyan.workspaces.inbox;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;

/// `@name` in an internal note: agents and admins of the workspace are told; any other name stays plain text.
final class Mentions {

    /// The most people that one note reaches.
    static final int MOST = 10;

    /// A username after an @ that begins a word, so that email addresses are left alone.
    private static final Pattern MENTION = Pattern.compile("(?<![A-Za-z0-9_@.])@([A-Za-z0-9_]{3,20})(?![A-Za-z0-9_@])");

    /// A piece of a note's text.
    ///
    /// @param mention whether it mentions someone
    /// @param me whether it mentions the reader
    record Piece(String text, boolean mention, boolean me) {}

    private Mentions() {}

    /// Returns the names that a text mentions, in lower case, in their order.
    static Set<String> names(String text) {
        return MENTION.matcher(text)
                .results()
                .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                .limit(MOST)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// Stores who a note mentions.
    ///
    /// @return those who are to be told: everyone but its author
    static Set<Integer> store(Tx tx, Workspace workspace, ConversationId thread, Message note) {
        AccountId tenant = workspace.owner().tenant();
        var users = new WorkspaceUserStore(tx);
        var mentions = new NoteMentionStore(tx);
        var told = new HashSet<Integer>();
        for (String name : names(note.text())) {
            users.findByUsername(tenant, workspace.id(), name)
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

    private static Message.By by(WorkspaceUser user) {
        return new Message.By(user.id(), user.username());
    }

    /// Splits a note's text at its mentions.
    ///
    /// @param mentioned who the note mentions
    static List<Piece> pieces(String text, List<Message.By> mentioned, int reader) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        Matcher found = MENTION.matcher(text);
        while (found.find()) {
            String name = found.group(1);
            var user = mentioned.stream()
                    .filter(by -> by.name().equalsIgnoreCase(name))
                    .findFirst();
            if (user.isPresent()) {
                if (found.start() > from) {
                    pieces.add(new Piece(text.substring(from, found.start()), false, false));
                }
                pieces.add(new Piece(found.group(), true, user.get().user() == reader));
                from = found.end();
            }
        }
        if (from < text.length()) {
            pieces.add(new Piece(text.substring(from), false, false));
        }
        return List.copyOf(pieces);
    }
}
