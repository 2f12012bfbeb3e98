package dev.banyan.workspaces.migration;

import module java.base;
import dev.banyan.platform.web.page.Words;
import dev.banyan.workspaces.migration.MigrationChecklist.Facts;
import dev.banyan.workspaces.migration.MigrationChecklist.Point;
import dev.banyan.workspaces.migration.UserImports.Fate;

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
            case PLAN -> "Plan workspaces by department, team or client";
            case CREATE -> "Create a workspace for each group";
            case USERS -> "Import users";
            case CONVERSATIONS -> "Move conversations";
            case FILES -> "Move files";
            case NUMBERS -> "Link WhatsApp devices again";
            case ADDRESSES -> "Share the new addresses";
            case DOORS -> "Test the sign-in and registration pages";
            case CLEAN_UP -> "Delete the old data";
        };
    }

    private static String text(MigrationChecklist.Step step, Facts facts) {
        return switch (step) {
            case ENABLE -> "Workspaces can be opened only while they are turned on.";
            case PLAN -> "Workspaces never share users, conversations or numbers.";
            case CREATE -> Words.count(facts.workspaces(), "workspace", "workspaces") + " created.";
            case USERS ->
                Words.count(facts.users(), "user", "users")
                        + " so far. Users with a password hash keep their password. The others get an invitation.";
            case CONVERSATIONS ->
                Words.count(facts.conversations(), "conversation", "conversations")
                        + " moved. If a migration stops, start it again. It continues without duplicates.";
            case FILES ->
                Words.count(facts.files(), "file", "files") + " moved. Files move together with their conversations.";
            case NUMBERS ->
                Words.count(facts.numbers(), "workspace has", "workspaces have")
                        + " a number. Link each number in its workspace, under WhatsApp.";
            case ADDRESSES -> "The project’s old address redirects to its default workspace.";
            case DOORS -> "Sign in as a user you moved, and register where registration is open.";
            case CLEAN_UP -> "Check everything first. Banyan never changes or deletes the old data.";
        };
    }

    static MigrationPage.Report report(UserImports.Report report, int most) {
        List<String> refused = report.lines().stream()
                .filter(line -> line.fate() == Fate.REFUSED)
                .map(line -> "Line " + line.number() + ", " + line.username() + ": " + line.why())
                .toList();
        List<String> lines = Stream.concat(
                        refused.stream(),
                        report.lines().stream().filter(_ -> report.dryRun()).flatMap(MigrationTexts::becomes))
                .toList();
        String title = (report.dryRun() ? "Check only, nothing was changed. Result: " : "")
                + report.count(Fate.ADDED) + " added, "
                + report.count(Fate.INVITED) + " invited, "
                + report.count(Fate.THERE_ALREADY) + " already there, "
                + refused.size() + " failed";
        return new MigrationPage.Report(
                title,
                !refused.isEmpty(),
                lines.subList(0, Math.min(most, lines.size())),
                Math.max(0, lines.size() - most));
    }

    private static Stream<String> becomes(UserImports.ReportLine line) {
        String what = "Line " + line.number() + ": " + line.username() + ", " + line.email();
        return switch (line.fate()) {
            case ADDED -> Stream.of(what + " will be added as " + line.role());
            case INVITED -> Stream.of(what + " will be invited as " + line.role());
            case THERE_ALREADY -> Stream.of(what + " is already there");
            case REFUSED -> Stream.empty();
        };
    }

    static MigrationPage.Run run(MigrationJobs.Progress progress) {
        List<String> lines = progress.lines();
        return new MigrationPage.Run(
                progress.end().isEmpty(),
                progress.dryRun(),
                progress.end().orElseGet(() -> Words.count(progress.told(), "item", "items") + " processed"),
                lines.subList(Math.max(0, lines.size() - LAST), lines.size()));
    }
}
