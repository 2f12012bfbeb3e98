package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.accounts.Names;
import dev.banyan.accounts.signin.ImportedHashes;
import dev.banyan.accounts.signin.Passwords;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.Invalid;
import dev.banyan.platform.audit.Audit;
import dev.banyan.platform.db.Database;
import dev.banyan.platform.db.Tx;
import dev.banyan.platform.outcome.Outcome;
import dev.banyan.platform.outcome.Refusal;
import dev.banyan.workspaces.Access;
import dev.banyan.workspaces.ProjectId;
import dev.banyan.workspaces.Right;
import dev.banyan.workspaces.Workspace;
import dev.banyan.workspaces.WorkspaceActor;
import dev.banyan.workspaces.WorkspaceId;
import dev.banyan.workspaces.WorkspaceRole;
import dev.banyan.workspaces.WorkspaceUser;
import dev.banyan.workspaces.WorkspaceUserStore;
import dev.banyan.workspaces.migration.MigrationStore.Kind;
import dev.banyan.workspaces.migration.UserFile.Line;
import dev.banyan.workspaces.users.FreeUsernames;
import dev.banyan.workspaces.users.Invitations;
import dev.banyan.workspaces.users.MailAllowances;
import dev.banyan.workspaces.users.WorkspaceUserRules;
import dev.banyan.workspaces.users.WorkspaceUsers;
import jakarta.inject.Singleton;

/// Imports a list of users into a workspace: with their password hashes, or by invitation. Imported users are recorded,
/// so that importing the same list again adds nothing twice and continues where it stopped.
@Singleton
public record UserImports(
        Database database,
        WorkspaceUsers users,
        Invitations invitations,
        MailAllowances allowances,
        Audit audit,
        Clock clock) {

    /// Users imported per transaction.
    private static final int AT_ONCE = 100;

    private static final int HASHES_AT_ONCE = 2;

    /// Whether the users of a list are recorded as those of another server.
    private static final boolean MIGRATION = true;

    private static final boolean LIST = false;

    /// The outcome for one user of the list.
    public enum Fate {
        ADDED,
        INVITED,
        THERE_ALREADY,
        REFUSED
    }

    /// @param number of the line in the file
    /// @param username which the user gets, or has
    /// @param why the reason of a refusal; empty otherwise
    public record ReportLine(int number, String username, String email, String role, Fate fate, String why) {}

    /// The result for the list. Refused users don't stop the others.
    ///
    /// @param dryRun nothing was written; the result is a preview
    public record Report(boolean dryRun, List<ReportLine> lines) {

        public Report {
            lines = List.copyOf(lines);
        }

        public long count(Fate fate) {
            return lines.stream().filter(line -> line.fate() == fate).count();
        }
    }

    /// Result of an import.
    public sealed interface Imported {

        record Done(Report report) implements Imported {}

        record Refused(Refusal refusal) implements Imported {}

        /// The file can't be used at all.
        record Broken(String why) implements Imported {}
    }

    /// @param file CSV or JSON, at most 2 MB and 10,000 users
    public Imported run(WorkspaceActor actor, ProjectId project, WorkspaceId workspace, byte[] file, boolean dryRun) {
        return run(actor, project, workspace, file, dryRun, _ -> {});
    }

    /// @param heard called with each user when it is done
    public Imported run(
            WorkspaceActor actor,
            ProjectId project,
            WorkspaceId workspace,
            byte[] file,
            boolean dryRun,
            Consumer<ReportLine> heard) {
        Optional<Refusal> refusal = users.mayChange(actor, project, workspace);
        if (refusal.isPresent()) {
            return new Imported.Refused(refusal.get());
        }
        return switch (UserFile.read(file)) {
            case UserFile.Read.Broken broken -> new Imported.Broken(broken.why());
            case UserFile.Read.Lines(List<Line> lines, var _) ->
                take(
                        actor,
                        project,
                        workspace,
                        new Portions(lines.stream().map(Line::withItsUsername).toList(), chunk -> chunk),
                        dryRun,
                        MIGRATION,
                        heard);
        };
    }

    /// Adds or invites users from a list that people write. Unlike a migration it can be repeated after a user was
    /// removed.
    ///
    /// @param wanted with passwords instead of hashes; users without one are invited
    public Imported add(
            WorkspaceActor actor, ProjectId project, WorkspaceId workspace, List<Line> wanted, boolean dryRun) {
        return add(actor, project, workspace, wanted, dryRun, _ -> {});
    }

    /// Passwords are hashed before their portion is written, because that is slow.
    ///
    /// @param heard called with each user when it is done
    public Imported add(
            WorkspaceActor actor,
            ProjectId project,
            WorkspaceId workspace,
            List<Line> wanted,
            boolean dryRun,
            Consumer<ReportLine> heard) {
        Optional<Refusal> refusal = users.mayChange(actor, project, workspace);
        if (refusal.isPresent()) {
            return new Imported.Refused(refusal.get());
        }
        List<Line> lines = wanted.stream().map(UserImports::line).toList();
        Imported tried = take(actor, project, workspace, new Portions(lines, chunk -> chunk), true, LIST, _ -> {});
        if (dryRun || !(tried instanceof Imported.Done(Report report))) {
            return tried;
        }
        Set<Integer> added = report.lines().stream()
                .filter(line -> line.fate() == Fate.ADDED)
                .map(ReportLine::number)
                .collect(Collectors.toSet());
        Map<Integer, String> passwords = wanted.stream()
                .filter(user -> added.contains(user.number()))
                .collect(Collectors.toMap(Line::number, Line::password));
        var hashed = new Portions(lines, chunk -> hashed(chunk, passwords));
        return take(actor, project, workspace, hashed, false, LIST, heard);
    }

    /// The lines of a list, and what is done with a portion of them before it is written.
    private record Portions(List<Line> lines, UnaryOperator<List<Line>> ready) {}

    private static Line line(Line user) {
        if (user.password().isEmpty()) {
            return with(user, "", user.broken());
        }
        String broken = WorkspaceUserRules.brokenPassword("password", user.password())
                .map(Invalid::apiMessage)
                .orElse("");
        // Until it is hashed, the line has a hash that no password matches.
        return with(user, Passwords.NO_PASSWORD, user.broken().isEmpty() ? broken : user.broken());
    }

    private static Line with(Line line, String hash, String broken) {
        return new Line(
                line.number(), line.username(), line.email(), line.role(), "", hash, broken, line.isNamedElsewhere());
    }

    /// Hashes a few at a time: others sign in meanwhile.
    ///
    /// @param passwords by line; lines without one stay as they are
    private List<Line> hashed(List<Line> lines, Map<Integer, String> passwords) {
        return lines.stream()
                .gather(Gatherers.mapConcurrent(
                        HASHES_AT_ONCE,
                        line -> Optional.ofNullable(passwords.get(line.number()))
                                .map(password -> with(line, users.hash(password), line.broken()))
                                .orElse(line)))
                .toList();
    }

    private Imported take(
            WorkspaceActor actor,
            ProjectId project,
            WorkspaceId workspace,
            Portions portions,
            boolean dryRun,
            boolean moves,
            Consumer<ReportLine> heard) {
        List<Line> lines = portions.lines();
        Map<Integer, String> refused = refused(lines);
        Set<String> taken = usernames(lines);
        var told = new ArrayList<ReportLine>();
        for (int at = 0; at < lines.size(); at += AT_ONCE) {
            int begin = at;
            List<Line> chunk = portions.ready().apply(lines.subList(at, Math.min(at + AT_ONCE, lines.size())));
            Optional<List<ReportLine>> done = database.write(tx -> {
                if (!(Access.locked(tx, actor, Right.CHANGE_USERS, project, workspace)
                        instanceof Outcome.Done<Workspace>(Workspace found))) {
                    return Optional.<List<ReportLine>>empty();
                }
                List<ReportLine> of = IntStream.range(0, chunk.size())
                        .mapToObj(i -> refused.containsKey(begin + i)
                                ? told(chunk.get(i), Fate.REFUSED, refused.getOrDefault(begin + i, ""))
                                : take(tx, actor, found, named(tx, found, chunk.get(i), taken), dryRun, moves))
                        .toList();
                if (!dryRun) {
                    note(tx, actor, found, of);
                }
                return dryRun ? tx.undone(Optional.of(of)) : Optional.of(of);
            });
            if (done.isEmpty()) {
                return new Imported.Refused(
                        new Refusal.NotFound()); // the workspace was deleted meanwhile, and its users with it
            }
            told.addAll(done.get());
            done.get().forEach(heard);
        }
        return new Imported.Done(new Report(dryRun, told));
    }

    /// Returns the errors that can be found without the workspace, by place in the list: several people of a mail
    /// program’s line have one number.
    private static Map<Integer, String> refused(List<Line> lines) {
        var refused = new HashMap<Integer, String>();
        Set<String> usernames = new HashSet<>();
        Set<String> emails = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            int place = i;
            broken(line)
                    .or(() -> isUnnamed(line) || usernames.add(line.username().toLowerCase(Locale.ROOT))
                            ? Optional.empty()
                            : Optional.of("this username is in the list twice"))
                    .or(() -> emails.add(Names.lower(line.email()))
                            ? Optional.empty()
                            : Optional.of("this email is in the list twice"))
                    .ifPresent(why -> refused.put(place, why));
        }
        return refused;
    }

    private static Optional<String> broken(Line line) {
        if (!line.broken().isEmpty()) {
            return Optional.of(line.broken());
        }
        return Optional.of(line.username())
                .filter(_ -> !isUnnamed(line))
                .flatMap(WorkspaceUserRules::brokenUsername)
                .or(() -> WorkspaceUserRules.brokenEmail(line.email()))
                .map(Invalid::apiMessage)
                .or(() ->
                        WorkspaceRole.of(line.role()).isPresent() ? Optional.empty() : Optional.of(WorkspaceRole.RULE))
                .or(() -> line.hash().isEmpty() ? Optional.empty() : ImportedHashes.broken(line.hash()));
    }

    /// Whether a user comes without a name, with an email for one, or with one of elsewhere such as `Anna Müller`.
    private static boolean isUnnamed(Line line) {
        return line.username().isEmpty()
                || line.username().contains("@")
                || line.isNamedElsewhere()
                        && WorkspaceUserRules.brokenUsername(line.username()).isPresent();
    }

    private static Set<String> usernames(List<Line> lines) {
        return lines.stream()
                .filter(line -> !isUnnamed(line))
                .map(line -> line.username().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Names a user without a username like single sign-on does. Who is here already keeps theirs.
    private static Line named(Tx tx, Workspace workspace, Line line, Set<String> taken) {
        if (!isUnnamed(line)) {
            return line;
        }
        var store = new WorkspaceUserStore(tx);
        AccountId tenant = workspace.owner().tenant();
        String email = Names.lower(line.email());
        String name = store.findByEmail(tenant, workspace.id(), email)
                .map(known -> known.user().username())
                .orElseGet(() -> FreeUsernames.like(
                        line.username().isEmpty() ? email : line.username(),
                        email,
                        wish -> taken.contains(wish.toLowerCase(Locale.ROOT))
                                || store.findByUsername(tenant, workspace.id(), wish)
                                        .isPresent()));
        taken.add(name.toLowerCase(Locale.ROOT));
        return new Line(
                line.number(),
                name,
                line.email(),
                line.role(),
                "",
                line.hash(),
                line.broken(),
                line.isNamedElsewhere());
    }

    private ReportLine take(
            Tx tx, WorkspaceActor actor, Workspace workspace, Line line, boolean dryRun, boolean moves) {
        if (!actor.mayGive(role(line))) {
            return told(line, Fate.REFUSED, "admins and agents are added by people, not with an API key");
        }
        AccountId tenant = workspace.owner().tenant();
        String email = Names.lower(line.email());
        if (moves
                ? new MigrationStore(tx)
                        .target(tenant, workspace.id(), Kind.USER, email)
                        .isPresent()
                : line.hash().isEmpty() && invitations.isPending(tx, workspace, email)) {
            return told(line, Fate.THERE_ALREADY, "");
        }
        var store = new WorkspaceUserStore(tx);
        Optional<WorkspaceUser> known =
                store.findByEmail(tenant, workspace.id(), email).map(WorkspaceUserStore.Credentials::user);
        if (known.isPresent()) {
            // A migrated user goes by the name of the list; in other lists, people may be called otherwise than here.
            String name = known.get().username();
            return !moves || name.equalsIgnoreCase(line.username())
                    ? told(line, name, Fate.THERE_ALREADY, "")
                    : told(line, Fate.REFUSED, "a user of the workspace already has this email");
        }
        if (store.findByUsername(tenant, workspace.id(), line.username()).isPresent()) {
            return told(line, Fate.REFUSED, "a user of the workspace already has this username");
        }
        return line.hash().isEmpty()
                ? invite(tx, actor, workspace, line, email, dryRun, moves)
                : add(tx, workspace, line, email, moves);
    }

    private ReportLine invite(
            Tx tx, WorkspaceActor actor, Workspace workspace, Line line, String email, boolean dryRun, boolean moves) {
        if (!allowances.mayMail(tx, actor, workspace)) {
            return told(line, Fate.REFUSED, "confirm your own email address first, then run this again");
        }
        if (!dryRun && allowances.take(workspace).isPresent()) {
            return told(line, Fate.REFUSED, "too many invitations. Run this again in an hour to continue");
        }
        invitations.send(tx, actor, workspace, Optional.of(line.username()), email, role(line));
        if (moves) {
            moved(tx, workspace, email, "invited");
        }
        return told(line, Fate.INVITED, "");
    }

    private ReportLine add(Tx tx, Workspace workspace, Line line, String email, boolean moves) {
        var wanted = new WorkspaceUsers.NewUser(line.username(), email, "", role(line));
        return switch (users.insert(tx, workspace, wanted, line.hash(), Optional.empty())) {
            case WorkspaceUsers.Added.Done(WorkspaceUser user) -> {
                if (moves) {
                    moved(tx, workspace, email, Integer.toString(user.id()));
                }
                yield told(line, Fate.ADDED, "");
            }
            case WorkspaceUsers.Added.UsernameTaken _ ->
                told(line, Fate.REFUSED, "a user of the workspace already has this username");
            case WorkspaceUsers.Added.EmailTaken _ ->
                told(line, Fate.REFUSED, "a user of the workspace already has this email");
        };
    }

    private void moved(Tx tx, Workspace workspace, String email, String target) {
        new MigrationStore(tx)
                .insert(workspace.owner().tenant(), workspace.id(), Kind.USER, email, target, clock.instant());
    }

    private static WorkspaceRole role(Line line) {
        return WorkspaceRole.of(line.role()).orElseThrow();
    }

    /// Cuts refused values: a file can contain anything, and people read the report.
    private static ReportLine told(Line line, Fate fate, String why) {
        return told(line, line.username(), fate, why);
    }

    private static ReportLine told(Line line, String username, Fate fate, String why) {
        return new ReportLine(line.number(), cut(username), cut(line.email()), cut(line.role()), fate, why);
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= 60
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 50)) + "…";
    }

    private void note(Tx tx, WorkspaceActor actor, Workspace workspace, List<ReportLine> of) {
        long added = of.stream().filter(line -> line.fate() == Fate.ADDED).count();
        long invited = of.stream().filter(line -> line.fate() == Fate.INVITED).count();
        if (added + invited > 0) {
            Map<String, Object> details = new HashMap<>(actor.auditDetails());
            details.put("added", added);
            details.put("invited", invited);
            audit.note(tx, actor.actor(), workspace, "WorkspaceUsersImported", details);
        }
    }
}
