package dev.banyan.analytics;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.Feature;
import dev.banyan.accounts.Tier;
import dev.banyan.accounts.plans.FeatureFailure;
import dev.banyan.platform.CsvFile;
import dev.banyan.platform.Exempt;
import dev.banyan.platform.web.FileAnswers;
import dev.banyan.platform.web.page.Words;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/// Exports analytics as CSV: a row for each account and day, read and sent account by account.
@Exempt(from = "onlyResourcesSpeakHttp", because = "streams analytics for two resources")
@Singleton
record AnalyticsCsv(Analytics analytics) {

    /// The API error for a tier without exports.
    static FeatureFailure lacking(Tier tier) {
        return new FeatureFailure(
                "The " + tier.label() + " plan doesn't include the export of analytics",
                true,
                tier.key(),
                Feature.ANALYTICS_EXPORT.key());
    }

    /// @param tier of the account that requests the export
    /// @param zone whose days they are
    Response answer(Tier tier, List<Account> accounts, ZoneId zone, Period period) {
        if (!tier.has(Feature.ANALYTICS_EXPORT)) {
            return Response.status(403)
                    .entity(lacking(tier))
                    .type("application/json")
                    .build();
        }
        StreamingOutput rows = out -> {
            try (var csv = new CsvFile(out)) {
                csv.row(
                        "account",
                        "date",
                        "page_views",
                        "unique_visitors",
                        "link_clicks",
                        "unlocks",
                        "short_link_redirects",
                        "bots",
                        "time_zone");
                for (Account account : accounts) {
                    analytics.days(account.owner(), period).entrySet().forEach(day -> write(csv, account, day, zone));
                }
            }
        };
        return FileAnswers.csv("analytics-" + period.from() + "-" + period.until(), rows);
    }

    /// Usernames begin with a letter or digit, so spreadsheets don't interpret them as formulas.
    private static void write(CsvFile csv, Account account, Map.Entry<LocalDate, VisitCounts> day, ZoneId zone) {
        VisitCounts tally = day.getValue();
        csv.row(
                account.username(),
                day.getKey().toString(),
                Long.toString(tally.views()),
                Long.toString(tally.visitors()),
                Long.toString(tally.clicks()),
                Long.toString(tally.unlocks()),
                Long.toString(tally.redirects()),
                Long.toString(tally.bots()),
                Words.nameOf(zone));
    }
}
