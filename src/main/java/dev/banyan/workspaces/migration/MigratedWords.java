package dev.banyan.workspaces.migration;

import dev.banyan.platform.SearchWords;
import dev.banyan.platform.db.Tx;
import dev.banyan.workspaces.ConversationId;
import dev.banyan.workspaces.ConversationWordStore;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.migration.ConversationFile.Said;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Indexes what was moved for search: each word once, however often it occurs.
final class MigratedWords {

    private static final int OF_ONE_MESSAGE = 200;

    private MigratedWords() {}

    static void add(Tx tx, Workspace workspace, ConversationId id, String title, List<Said> said) {
        var words = new LinkedHashSet<>(SearchWords.of(title, OF_ONE_MESSAGE));
        said.forEach(message -> words.addAll(SearchWords.of(message.text(), OF_ONE_MESSAGE)));
        var all = new ArrayList<>(words);
        var store = new ConversationWordStore(tx);
        for (int at = 0; at < all.size(); at += OF_ONE_MESSAGE) {
            store.add(
                    workspace.owner().tenant(),
                    workspace.id(),
                    id,
                    String.join(" ", all.subList(at, Math.min(at + OF_ONE_MESSAGE, all.size()))));
        }
    }
}
