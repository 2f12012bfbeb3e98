package dev.banyan.workspaces;

import module java.base;
import dev.banyan.TestWorld;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.audit.Actor;
import dev.banyan.platform.outcome.Outcomes;
import dev.banyan.workspaces.access.Projects;
import dev.banyan.workspaces.access.WorkspaceChange;
import dev.banyan.workspaces.access.Workspaces;
import dev.banyan.workspaces.signin.LoggedIn;
import dev.banyan.workspaces.signin.WorkspaceLogins;
import dev.banyan.workspaces.signin.WorkspaceRegistrations;
import jakarta.enterprise.context.Dependent;

/// Workspaces with people who chat, created through the product's own operations.
@Dependent
public class ChatRooms {

    public static final String PASSWORD = "correct horse battery";
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    /// A person signed in to a workspace.
    public record Chatter(WorkspaceUser user, Workspace workspace, String token) {

        public Participant participant() {
            return new Participant(workspace.owner().tenant(), workspace.id(), user.id());
        }

        public String cookie() {
            return "banyan_ws_" + workspace.id() + "=" + token;
        }
    }

    private final TestWorld world;
    private final Projects projects;
    private final Workspaces workspaces;
    private final WorkspaceRegistrations registrations;
    private final WorkspaceLogins logins;

    ChatRooms(
            TestWorld world,
            Projects projects,
            Workspaces workspaces,
            WorkspaceRegistrations registrations,
            WorkspaceLogins logins) {
        this.world = world;
        this.projects = projects;
        this.workspaces = workspaces;
        this.registrations = registrations;
        this.logins = logins;
    }

    public TestWorld world() {
        return world;
    }

    /// Gives a workspace a mail server, so that its mails are sent and their links aren't shown.
    public void mailServer(Workspace room) {
        world.sql(
                "INSERT INTO workspace_mail_servers (sub_client_id, tenant_id, host, port, security, user_name,"
                        + " from_address, from_name, updated_at) VALUES (?, ?, '127.0.0.1', 9, 'none', '',"
                        + " 'shop@shop.example', '', 1)",
                room.id().value(),
                room.owner().tenant().toString());
    }

    public AccountContext owner() {
        return world.context(world.acme());
    }

    /// Creates a workspace with open registration, in a project of its own.
    public Workspace workspace(String name) {
        return workspace(owner(), name);
    }

    public Workspace workspace(AccountContext owner, String name) {
        var wanted = new Projects.Change(
                Optional.of(name + " project"), Optional.empty(), Optional.of(true), Optional.of(true));
        Project project = Outcomes.value(projects.create(owner, wanted));
        return ((Workspaces.Created.Done) workspaces.create(owner, project.id(), name, Optional.of("Ask us")))
                .workspace();
    }

    public Chatter somebody(Workspace workspace) {
        String username = "amira_" + PEOPLE.incrementAndGet();
        return switch (registrations.register(
                Actor.SERVER, workspace.shortPath(), username + "@people.example", username, PASSWORD)) {
            case WorkspaceRegistrations.Registered.Welcome welcome ->
                new Chatter(welcome.user(), workspace, welcome.session().token());
            case WorkspaceRegistrations.Registered other -> throw new AssertionError(other);
        };
    }

    /// Signs in an admin of the workspace.
    public Chatter admin(Workspace workspace) {
        return as(WorkspaceRole.ADMIN, workspace);
    }

    /// Signs in a person who answers in the inbox.
    Chatter agent(Workspace workspace) {
        return as(WorkspaceRole.AGENT, workspace);
    }

    private Chatter as(WorkspaceRole role, Workspace workspace) {
        Chatter somebody = somebody(workspace);
        world.sql(
                "UPDATE sub_client_users SET role = ? WHERE id = ?",
                role.key(),
                somebody.user().id());
        return somebody;
    }

    /// Signs in the same person in another browser.
    public Chatter again(Chatter chatter) {
        return switch (logins.login(
                Actor.SERVER, chatter.workspace().shortPath(), chatter.user().username(), PASSWORD)) {
            case LoggedIn.Welcome welcome ->
                new Chatter(
                        welcome.user(), chatter.workspace(), welcome.session().token());
            case LoggedIn other -> throw new AssertionError(other);
        };
    }

    public Workspaces.Updated change(Workspace workspace, WorkspaceChange change) {
        return workspaces.update(new WorkspaceActor.ProjectSide(owner()), workspace.project(), workspace.id(), change);
    }
}
