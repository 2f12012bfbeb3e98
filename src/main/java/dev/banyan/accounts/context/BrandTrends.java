package dev.banyan.accounts.context;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.web.page.Chart;

/// Draws how much brands are visited, for lists of them. Implemented by `analytics`.
public interface BrandTrends {

    /// Draws the page views of the last 30 days.
    record Trend(String views, Chart.Line line) {}

    /// Returns the trends of those that had visitors.
    ///
    /// @param brands of the context's agency
    Map<AccountId, Trend> of(AccountContext context, List<AccountId> brands);
}
