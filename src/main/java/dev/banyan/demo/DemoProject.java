package dev.banyan.demo;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.demo.DemoFile.Admin;
import dev.banyan.demo.DemoFile.SampleWorkspace;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.whatsapp.SenderId;
import dev.banyan.workspaces.Message;
import dev.banyan.workspaces.Participant;
import dev.banyan.workspaces.Project;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceQuery;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.administration.WorkspaceLists;
import dev.banyan.workspaces.chat.ChatAnswers;
import dev.banyan.workspaces.chat.Conversations;
import dev.banyan.workspaces.inbox.SampleThreads;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.inject.Singleton;

/// The sample project: three workspaces, the first two open, with users and a few conversations. Each step is skipped
/// if it was done already, so that an interrupted start is completed by the next one.
@Singleton
record DemoProject(
        Projects projects,
        Workspaces workspaces,
        WorkspaceLists lists,
        WorkspaceUsers users,
        Conversations conversations,
        ChatAnswers answers,
        SampleThreads threads) {

    private static final String NAME = "Retail Group";
    private static final int ALL = 100;

    /// @param agents usernames of the users who answer in the inbox
    /// @param talks messages of its users to the assistant, by username
    private record Sample(
            String name,
            String description,
            boolean suspended,
            String admin,
            Set<String> agents,
            Map<String, String> talks) {

        WorkspaceRole role(String username) {
            return agents.contains(username) ? WorkspaceRole.AGENT : WorkspaceRole.USER;
        }
    }

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "Sales",
                    "Quotes, orders and price requests.",
                    false,
                    "amira",
                    Set.of("omar"),
                    Map.of("amira", "Hello", "omar", "What can you do?", "lina", "I would like to talk to a person")),
            new Sample(
                    "Support",
                    "Help for customers.",
                    false,
                    "karim",
                    Set.of("dana"),
                    Map.of("karim", "Hi", "dana", "Help")),
            new Sample("Pop-up 2025", "Last season’s pop-up store.", true, "tariq", Set.of(), Map.of()));

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);

    /// The result of filling the project.
    record Filled(String projectId, List<SampleWorkspace> workspaces) {}

    /// Returns the planned workspaces with generated passwords, to be stored before they are used.
    static List<SampleWorkspace> planned(Supplier<String> newPassword) {
        return SAMPLES.stream()
                .map(sample -> new SampleWorkspace(
                        sample.name(), Optional.empty(), new Admin(sample.admin(), newPassword.get())))
                .toList();
    }

    /// @param forgotten whether passwords of an earlier start are lost: the admins with them get new colleagues
    Filled fill(AccountContext agency, List<SampleWorkspace> planned, boolean forgotten, Supplier<String> newPassword) {
        Project project = project(agency);
        List<SampleWorkspace> filled = new ArrayList<>();
        for (int i = 0; i < SAMPLES.size(); i++) {
            Sample sample = SAMPLES.get(i);
            Workspace workspace = workspace(agency, project, sample);
            Admin admin = planned.get(i).admin();
            WorkspaceUser added = admin(agency, workspace, admin, forgotten);
            sample.talks()
                    .forEach((username, says) -> user(
                                    agency, workspace, username, newPassword.get(), sample.role(username))
                            .ifPresent(user -> talk(workspace, user, says)));
            if (sample.suspended() && !workspace.suspended()) {
                workspaces.update(side(agency), project.id(), workspace.id(), WorkspaceChange.suspended(true));
            }
            filled.add(new SampleWorkspace(
                    workspace.name(),
                    Optional.of(workspace.shortPath()),
                    new Admin(added.username(), admin.password())));
        }
        return new Filled(project.id().toString(), filled);
    }

    /// Fills the inbox of the first workspace, which gets this pool.
    ///
    /// @param sales the number that most customers write to
    void fillInbox(AccountContext agency, SenderId pool, SenderId sales, SenderId support) {
        Sample sample = SAMPLES.getFirst();
        Workspace workspace = workspace(agency, project(agency), sample);
        Optional<Message.By> admin = by(agency, workspace, sample.admin());
        Optional<Message.By> agent = sample.agents().stream().findFirst().flatMap(name -> by(agency, workspace, name));
        if (admin.isPresent() && agent.isPresent()) {
            threads.fill(
                    workspace, pool, DemoInbox.threads(sales, support, admin.get(), agent.get()), DemoInbox.REPLIES);
        }
    }

    private Optional<Message.By> by(AccountContext agency, Workspace workspace, String username) {
        return known(agency, workspace, username).map(user -> new Message.By(user.id(), user.username()));
    }

    private Project project(AccountContext agency) {
        return projects.list(agency, Optional.empty(), ALL).items().stream()
                .filter(project -> project.name().equals(NAME))
                .findFirst()
                .orElseGet(() -> switch (projects.create(
                        agency,
                        new Projects.Change(
                                Optional.of(NAME),
                                Optional.of("One workspace per team."),
                                Optional.of(true),
                                Optional.of(true)))) {
                    case Outcome.Done<Project>(Project project) -> project;
                    case Outcome.Refused<Project> refused -> throw new IllegalStateException(refused.toString());
                });
    }

    private Workspace workspace(AccountContext agency, Project project, Sample sample) {
        var all = WorkspaceQuery.newest("", Optional.empty(), ALL);
        return lists.list(agency, project.id(), all).items().stream()
                .filter(workspace -> workspace.name().equals(sample.name()))
                .findFirst()
                .orElseGet(() -> switch (workspaces.create(
                        agency, project.id(), sample.name(), Optional.of(sample.description()))) {
                    case Workspaces.Created.Done done -> done.workspace();
                    case Workspaces.Created other -> throw new IllegalStateException(other.toString());
                });
    }

    /// Returns the user with this name, who is added if missing.
    private Optional<WorkspaceUser> user(
            AccountContext agency, Workspace workspace, String username, String password, WorkspaceRole role) {
        return known(agency, workspace, username).or(() -> add(agency, workspace, username, password, role));
    }

    private Optional<WorkspaceUser> known(AccountContext agency, Workspace workspace, String username) {
        return users.list(side(agency), workspace.project(), workspace.id(), Optional.empty(), ALL)
                .fold(
                        found -> found.items().stream()
                                .filter(user -> user.username().equals(username))
                                .findFirst(),
                        _ -> Optional.empty());
    }

    private Optional<WorkspaceUser> add(
            AccountContext agency, Workspace workspace, String username, String password, WorkspaceRole role) {
        var wanted = new WorkspaceUsers.NewUser(username, username + "@retail.example", password, role);
        return users.add(side(agency), workspace.project(), workspace.id(), wanted)
                        instanceof WorkspaceUsers.Added.Done(WorkspaceUser user)
                ? Optional.of(user)
                : Optional.empty();
    }

    private WorkspaceUser admin(AccountContext agency, Workspace workspace, Admin admin, boolean forgotten) {
        return known(agency, workspace, admin.username())
                .filter(_ -> !forgotten)
                .or(() -> IntStream.rangeClosed(1, ALL)
                        .mapToObj(number -> number == 1 ? admin.username() : admin.username() + number)
                        .map(name -> add(agency, workspace, name, admin.password(), WorkspaceRole.ADMIN))
                        .flatMap(Optional::stream)
                        .findFirst())
                .orElseThrow();
    }

    private void talk(Workspace workspace, WorkspaceUser user, String says) {
        var whose = new Participant(workspace.owner().tenant(), workspace.id(), user.id());
        if (conversations.latest(whose).isEmpty()
                && conversations.post(whose, Optional.empty(), "sample", says)
                        instanceof Conversations.Posted.Done posted) {
            answers.await(whose, posted.conversation().id(), ANSWERED_WITHIN);
        }
    }

    private static WorkspaceActor side(AccountContext agency) {
        return new WorkspaceActor.ProjectSide(agency);
    }
}
