package dev.banyan.workspaces.migration;

import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.migration.MigrationChecklist.Facts;
import dev.banyan.workspaces.migration.MigrationChecklist.Point;
import dev.banyan.workspaces.migration.UserImports.Fate;
import java.util.List;

/// The texts of the migration guide.
final class MigrationTexts {

    private static final int LAST = 20;

    private MigrationTexts() {}

    static MigrationPage.Row row(Point point, Facts facts) {
        return new MigrationPage.Row(
                point.step().ordinal() + 1,
                point.step().key(),
                title(point.step()),
                text(point.step(), facts),
                point.done(),
                point.byHand().isPresent(),
                !point.bySelf());
    }

    private static String title(MigrationChecklist.Step step) {
        return switch (step) {
            case ENABLE -> "Enable workspaces in project settings";
            case PLAN -> "Plan the workspaces: departments, teams or clients";
            case CREATE -> "Create a workspace for each group";
            case USERS -> "Bring the users into each workspace";
            case CONVERSATIONS -> "Move the conversations";
            case FILES -> "Move the files";
            case NUMBERS -> "Link WhatsApp devices again";
            case ADDRESSES -> "Tell people their new addresses";
            case DOORS -> "Try the sign-in and registration pages";
            case CLEAN_UP -> "Delete the old data once all is verified";
        };
    }

    private static String text(MigrationChecklist.Step step, Facts facts) {
        return switch (step) {
            case ENABLE -> "Their addresses answer only while workspaces are on.";
            case PLAN -> "Users, conversations and numbers of one workspace are never seen in another.";
            case CREATE -> Words.count(facts.workspaces(), "workspace is", "workspaces are") + " there.";
            case USERS ->
                Words.count(facts.users(), "user is", "users are")
                        + " there. With their hashes they keep their passwords; without, they are invited.";
            case CONVERSATIONS ->
                Words.count(facts.conversations(), "conversation was", "conversations were")
                        + " moved. A move that stops goes on when you begin it again, and brings nothing twice.";
            case FILES ->
                Words.count(facts.files(), "file was", "files were")
                        + " moved. They come along with their conversations.";
            case NUMBERS ->
                Words.count(facts.numbers(), "workspace has", "workspaces have")
                        + " a number. Link each in the WhatsApp tab of its workspace.";
            case ADDRESSES -> "The old address of the project leads to its default workspace by itself.";
            case DOORS -> "Sign in with a user who moved, and register where registration is open.";
            case CLEAN_UP -> "Banyan never changes or deletes what it moves from: that is for you to do.";
        };
    }

    static MigrationPage.Report report(UserImports.Report report, int most) {
        List<String> refused = report.lines().stream()
                .filter(line -> line.fate() == Fate.REFUSED)
                .map(line -> "Line " + line.number() + ", " + line.username() + ": " + line.why())
                .toList();
        String title = (report.dryRun() ? "Nothing was written. It would be: " : "")
                + report.count(Fate.ADDED) + " added, "
                + report.count(Fate.INVITED) + " invited, "
                + report.count(Fate.THERE_ALREADY) + " there already, "
                + refused.size() + " refused";
        return new MigrationPage.Report(
                title,
                !refused.isEmpty(),
                refused.subList(0, Math.min(most, refused.size())),
                Math.max(0, refused.size() - most));
    }

    static MigrationPage.Run run(MigrationJobs.Progress progress) {
        List<String> lines = progress.lines();
        return new MigrationPage.Run(
                progress.end().isEmpty(),
                progress.dryRun(),
                progress.end().orElseGet(() -> Words.count(progress.told(), "item", "items") + " so far"),
                lines.subList(Math.max(0, lines.size() - LAST), lines.size()));
    }
}
