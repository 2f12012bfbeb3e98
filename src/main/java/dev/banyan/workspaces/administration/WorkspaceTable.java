package dev.banyan.workspaces.administration;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.Keyed;
import dev.banyan.platform.WebAddresses;
import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.gate.Usage;
import dev.banyan.platform.web.page.Words;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Slice;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceNumbers;
import dev.banyan.workspaces.WorkspacePaths;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceQuery.Cursor;
import dev.banyan.workspaces.WorkspaceQuery.Order;
import dev.banyan.workspaces.access.ProjectGuard.ProjectPage;
import dev.banyan.workspaces.access.ProjectHead;
import dev.banyan.workspaces.access.WhatsAppWord;
import dev.banyan.workspaces.access.WorkspaceAllowances;
import dev.banyan.workspaces.administration.WorkspacesPage.Report;
import dev.banyan.workspaces.administration.WorkspacesPage.StateChoice;
import jakarta.inject.Singleton;

/// Renders the list of a project's workspaces: on request, and again after a bulk action.
@Singleton
record WorkspaceTable(
        WorkspaceAllowances allowances, WorkspaceLists lists, WorkspaceNumbers numbers, Settings settings) {

    private static final int ROWS = 25;

    /// Counting stops here, so that large projects stay fast.
    private static final int MOST_COUNTED = 1_000;

    /// The states of the filter, in display order.
    private enum State implements Keyed {
        ALL("All"),
        ACTIVE("Active"),
        SUSPENDED("Suspended"),
        OPEN("Registration open"),
        CLOSED("Registration closed");

        private final String label;

        State(String label) {
            this.label = label;
        }

        static State of(String key) {
            return Keyed.parse(State.class, key).orElse(ALL);
        }
    }

    /// The parameters of the list.
    ///
    /// @param state a key of the filter
    /// @param after the cursor of a page; empty for the first one
    record Asked(String search, String state, Order order, String after) {

        static Asked of(String search, String state, String order, String after) {
            Order known = Keyed.parse(Order.class, order).orElse(Order.NEWEST);
            return new Asked(
                    search,
                    State.of(state).key(),
                    known,
                    Cursor.parse(after, known).map(Cursor::toString).orElse(""));
        }

        Asked from(String cursor) {
            return new Asked(search, state, order, cursor);
        }

        /// @param open whether the project's switch for registration is on
        WorkspaceQuery query(boolean open) {
            return new WorkspaceQuery(
                    search,
                    switch (State.of(state)) {
                        case ACTIVE -> Optional.of(false);
                        case SUSPENDED -> Optional.of(true);
                        case ALL, OPEN, CLOSED -> Optional.empty();
                    },
                    switch (State.of(state)) {
                        case OPEN -> Optional.of(true);
                        case CLOSED -> open ? Optional.of(false) : Optional.empty();
                        case ALL, ACTIVE, SUSPENDED -> Optional.empty();
                    },
                    order,
                    Cursor.parse(after, order),
                    ROWS);
        }

        boolean isNone(boolean open) {
            return !open && State.of(state) == State.OPEN;
        }
    }

    /// @param picked the workspaces whose boxes stay ticked
    WorkspacesPage page(ProjectPage page, Asked asked, Optional<Report> report, Set<WorkspaceId> picked) {
        Project project = page.project();
        boolean open = project.registrationEnabled();
        Slice<Workspace, Cursor> found = asked.isNone(open)
                ? new Slice<>(List.of(), Optional.empty())
                : lists.list(page.context(), project.id(), asked.query(open));
        Map<SenderId, Sender> numbers =
                this.numbers.ofAll(page.context().owner().tenant(), found.items());
        return new WorkspacesPage(
                page.frame(project.name() + " – Workspaces"),
                ProjectHead.of(project),
                asked.search(),
                asked.state(),
                states(page, asked),
                asked.order().key(),
                asked.order().label,
                orders(page, asked),
                found.items().stream()
                        .map(workspace -> row(project, workspace, numbers, picked.contains(workspace.id())))
                        .toList(),
                asked.after(),
                href(page.context(), page.project(), asked.from("")),
                found.next().map(Cursor::toString),
                found.next()
                        .map(next -> href(page.context(), page.project(), asked.from(next.toString())))
                        .orElse(""),
                limit(page),
                report,
                href(page.context(), page.project(), asked));
    }

    /// The counts next to the labels include all workspaces, whatever the search is.
    private List<StateChoice> states(ProjectPage page, Asked asked) {
        long all = page.project().workspaces();
        Optional<Long> suspended = all > MOST_COUNTED
                ? Optional.empty()
                : Optional.of((long) lists.count(
                        page.context(),
                        page.id(),
                        WorkspaceQuery.newest("", Optional.empty(), MOST_COUNTED)
                                .suspendedOnly()));
        return Arrays.stream(State.values())
                .map(state -> choice(
                        page,
                        asked,
                        state,
                        switch (state) {
                            case ALL -> Optional.of(all);
                            case ACTIVE -> suspended.map(count -> all - count);
                            case SUSPENDED -> suspended;
                            case OPEN, CLOSED -> Optional.empty();
                        }))
                .toList();
    }

    private static List<StateChoice> orders(ProjectPage page, Asked asked) {
        return Arrays.stream(Order.values())
                .map(order -> new StateChoice(
                        order.label,
                        href(page.context(), page.project(), new Asked(asked.search(), asked.state(), order, "")),
                        asked.order() == order,
                        Optional.empty()))
                .toList();
    }

    /// Returns used and allowed workspaces if this agency has a limit.
    Optional<Usage> limit(ProjectPage page) {
        var allowance = allowances.of(page.context().owner().tenant());
        return Optional.of(allowance.max())
                .filter(max -> !max.isUnlimited())
                .map(max -> new Usage(allowance.used(), max));
    }

    private static StateChoice choice(ProjectPage page, Asked asked, State state, Optional<Long> count) {
        return new StateChoice(
                state.label,
                href(page.context(), page.project(), new Asked(asked.search(), state.key(), asked.order(), "")),
                asked.state().equals(state.key()),
                count.map(Words::grouped));
    }

    static String href(AccountContext context, Project project, Asked asked) {
        return WorkspacePaths.management(project.id()) + "?as="
                + context.acting().username()
                + WebAddresses.parameter("q", asked.search())
                + (asked.state().equals("all") ? "" : WebAddresses.parameter("state", asked.state()))
                + (asked.order() == Order.NEWEST
                        ? ""
                        : WebAddresses.parameter("sort", asked.order().key()))
                + WebAddresses.parameter("after", asked.after());
    }

    private WorkspacesPage.Row row(
            Project project, Workspace workspace, Map<SenderId, Sender> numbers, boolean picked) {
        String path = WorkspacePaths.publicPath(workspace);
        return new WorkspacesPage.Row(
                workspace.id().toString(),
                workspace.name(),
                path,
                WorkspacePaths.address(settings, workspace),
                workspace.users(),
                WhatsAppWord.of(workspace
                        .whatsappClient()
                        .flatMap(SenderId::parse)
                        .flatMap(id -> Optional.ofNullable(numbers.get(id)))),
                workspace.registrationEnabled() && project.registrationEnabled(),
                workspace.suspended(),
                Words.dayTime(workspace.createdAt()),
                picked);
    }
}
