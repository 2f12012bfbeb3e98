package dev.banyan.workspaces.inbox;

import dev.banyan.platform.Exempt;
import dev.banyan.platform.Keyed;
import dev.banyan.workspaces.ConversationCursor;
import dev.banyan.workspaces.inbox.ThreadQuery.View;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/// The query parameters of every inbox page, so that a form leaves the list as it was.
@Exempt(from = "onlyResourcesSpeakHttp", because = "holds the query parameters of every inbox page")
record InboxFilters(
        @QueryParam("list") @DefaultValue("") String list,
        @QueryParam("tag") @DefaultValue("") String tag,
        @QueryParam("q") @DefaultValue("") String search,
        @QueryParam("older") @DefaultValue("") String older) {

    private static final int LISTED = 50;
    private static final int LONGEST_SEARCH = 200;

    ThreadQuery query() {
        return new ThreadQuery(
                Keyed.parse(View.class, list).orElse(View.OPEN),
                Inbox.tagOf(tag),
                search.length() > LONGEST_SEARCH ? search.substring(0, LONGEST_SEARCH) : search,
                ConversationCursor.parse(older),
                LISTED);
    }

    /// The default list.
    static ThreadQuery nothing() {
        return ThreadQuery.of(View.OPEN, LISTED);
    }
}
