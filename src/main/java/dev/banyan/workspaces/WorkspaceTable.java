package dev.banyan.workspaces;

import dev.banyan.platform.config.Settings;
import dev.banyan.platform.web.Usage;
import dev.banyan.platform.web.Words;
import dev.banyan.whatsapp.Sender;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.InProject.Ground;
import dev.banyan.workspaces.WorkspacesPage.Report;
import dev.banyan.workspaces.WorkspacesPage.StateChoice;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Draws the list of a project's workspaces: as it is asked for, and again after something was done to several of them.
@Singleton
final class WorkspaceTable {

    private static final int ROWS = 50;

    /// In projects with more workspaces nobody waits for counting.
    private static final int MOST_COUNTED = 1_000;

    /// What the list shows.
    ///
    /// @param state `all`, `active` or `suspended`
    /// @param after the cursor of a page; empty for the first one
    record Asked(String search, String state, String after) {

        static Asked of(String search, String state, String after) {
            boolean known = state.equals("active") || state.equals("suspended");
            return new Asked(
                    search,
                    known ? state : "all",
                    WorkspaceId.parse(after).map(WorkspaceId::toString).orElse(""));
        }

        Optional<Boolean> suspended() {
            return state.equals("all") ? Optional.empty() : Optional.of(state.equals("suspended"));
        }
    }

    private final Workspaces workspaces;
    private final WorkspaceLists lists;
    private final WorkspaceNumbers numbers;
    private final InProject inProject;
    private final Settings settings;

    WorkspaceTable(
            Workspaces workspaces,
            WorkspaceLists lists,
            WorkspaceNumbers numbers,
            InProject inProject,
            Settings settings) {
        this.workspaces = workspaces;
        this.lists = lists;
        this.numbers = numbers;
        this.inProject = inProject;
        this.settings = settings;
    }

    /// @param picked the workspaces whose boxes stay ticked
    WorkspacesPage page(Ground ground, Asked asked, Optional<Report> report, Set<WorkspaceId> picked) {
        Project project = ground.project();
        var found = lists.list(
                ground.context(),
                project.id(),
                new WorkspaceLists.Wanted(asked.search(), asked.suspended(), WorkspaceId.parse(asked.after()), ROWS));
        Map<SenderId, Sender> numbers =
                this.numbers.ofAll(ground.context().owner().tenant(), found.items());
        return new WorkspacesPage(
                inProject.shell(ground, "Workspaces of " + project.name()),
                ProjectHead.of(project),
                asked.search(),
                asked.state(),
                states(ground, asked),
                found.items().stream()
                        .map(workspace -> row(project, workspace, numbers, picked.contains(workspace.id())))
                        .toList(),
                asked.after(),
                href(ground, new Asked(asked.search(), asked.state(), "")),
                found.next().map(WorkspaceId::toString),
                found.next()
                        .map(next -> href(ground, new Asked(asked.search(), asked.state(), next.toString())))
                        .orElse(""),
                limit(ground),
                report,
                href(ground, asked));
    }

    /// The numbers beside the words are of all workspaces, whatever is searched for.
    private List<StateChoice> states(Ground ground, Asked asked) {
        long all = ground.project().workspaces();
        Optional<Long> suspended = all > MOST_COUNTED
                ? Optional.empty()
                : Optional.of((long)
                        lists.countSuspended(ground.context(), ground.project().id(), MOST_COUNTED));
        return List.of(
                choice(ground, asked, "All", "all", Optional.of(all)),
                choice(ground, asked, "Active", "active", suspended.map(count -> all - count)),
                choice(ground, asked, "Suspended", "suspended", suspended));
    }

    /// Used and allowed, where this agency has a limit.
    Optional<Usage> limit(Ground ground) {
        var limit = workspaces.limit(ground.context());
        return limit.max().map(max -> new Usage(limit.used(), max));
    }

    private static StateChoice choice(Ground ground, Asked asked, String label, String state, Optional<Long> count) {
        return new StateChoice(
                label,
                href(ground, new Asked(asked.search(), state, "")),
                asked.state().equals(state),
                count.map(Words::grouped));
    }

    static String href(Ground ground, Asked asked) {
        return WorkspacePaths.management(ground.project().id()) + "?as="
                + ground.context().acting().username()
                + parameter("q", asked.search())
                + (asked.state().equals("all") ? "" : parameter("state", asked.state()))
                + parameter("after", asked.after());
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private WorkspacesPage.Row row(
            Project project, Workspace workspace, Map<SenderId, Sender> numbers, boolean picked) {
        String path = WorkspacePaths.publicPath(workspace);
        return new WorkspacesPage.Row(
                workspace.id().toString(),
                workspace.name(),
                path,
                settings.baseUrl() + path,
                workspace.users(),
                WhatsAppWord.of(workspace
                        .whatsappClient()
                        .flatMap(SenderId::parse)
                        .flatMap(id -> Optional.ofNullable(numbers.get(id)))),
                workspace.registrationEnabled() && project.registrationEnabled(),
                workspace.suspended(),
                Words.day(workspace.createdAt()),
                picked);
    }
}
