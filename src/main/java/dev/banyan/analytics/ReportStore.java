package dev.banyan.analytics;

import static dev.banyan.schema.Tables.VISIT_ACCOUNTS;

import module java.base;
import dev.banyan.platform.Owner;
import dev.banyan.platform.db.AllTenants;
import dev.banyan.platform.db.Store;
import dev.banyan.platform.db.Tx;

/// Who gets the weekly report, and up to which week it was sent: columns of the totals of an account.
final class ReportStore extends Store {

    private final VisitStore visits;

    ReportStore(Tx tx) {
        super(tx);
        this.visits = new VisitStore(tx);
    }

    /// Returns whether the account gets the weekly report, which is on by default.
    boolean isReported(Owner owner) {
        return sql.select(VISIT_ACCOUNTS.IS_REPORTED)
                .from(VISIT_ACCOUNTS)
                .where(VisitStore.is(owner))
                .fetchOptional(VISIT_ACCOUNTS.IS_REPORTED)
                .orElse(true);
    }

    /// Returns the account whose report a link in a mail switches off.
    @AllTenants("found by the secret of the link in a mail")
    Optional<Owner> ownerOf(String reportKey) {
        return sql.select(VISIT_ACCOUNTS.TENANT_ID, VISIT_ACCOUNTS.ACCOUNT_ID)
                .from(VISIT_ACCOUNTS)
                .where(VISIT_ACCOUNTS.REPORT_KEY.eq(reportKey))
                .fetchOptional(row -> new Owner(row.value1(), row.value2()));
    }

    /// Returns the accounts whose last report is of an earlier week.
    @AllTenants("a job sends the reports of all tenants")
    List<Owner> unreported(int week, int limit) {
        return visits.due(VISIT_ACCOUNTS.REPORTED_WEEK, week, limit);
    }

    /// Marks the report of a week as sent. Only one caller succeeds.
    ///
    /// @return the key of its link if the report is to be sent
    Optional<String> claimReport(Owner owner, int week) {
        int claimed = sql.update(VISIT_ACCOUNTS)
                .set(VISIT_ACCOUNTS.REPORTED_WEEK, week)
                .where(VisitStore.is(owner), VISIT_ACCOUNTS.REPORTED_WEEK.lt(week))
                .execute();
        return claimed == 0
                ? Optional.empty()
                : sql.select(VISIT_ACCOUNTS.REPORT_KEY)
                        .from(VISIT_ACCOUNTS)
                        .where(VisitStore.is(owner), VISIT_ACCOUNTS.IS_REPORTED.eq(true))
                        .fetchOptional(VISIT_ACCOUNTS.REPORT_KEY);
    }

    /// Returns the number of weeks since 1970, starting on Monday; 1 January 1970 was a Thursday.
    @AllTenants("a constant of the schema")
    static int weekOf(int day) {
        return Math.floorDiv(day + 3, VisitStore.DAYS_OF_WEEK);
    }
}
