package dev.banyan.accounts.brands;

import module java.base;
import dev.banyan.accounts.AccountContext;
import dev.banyan.accounts.brands.CreateSubAccountPage.Values;
import dev.banyan.accounts.brands.SubAccounts.NameCheck;
import dev.banyan.platform.WebAddresses;
import jakarta.inject.Singleton;

/// Checks the username that the form for a new brand holds.
@Singleton
record NameAnswers(SubAccounts subAccounts) {

    NameAnswer answer(AccountContext context, Values values) {
        if (values.username().isBlank()) {
            return NameAnswer.RULE;
        }
        return switch (subAccounts.check(context, values.username())) {
            case NameCheck.Free free -> NameAnswer.free(free.username());
            case NameCheck.Taken taken -> taken(context, values, taken.free());
            case NameCheck.Broken broken -> NameAnswer.refused(broken.invalid().userMessage());
        };
    }

    NameAnswer taken(AccountContext context, Values values, List<String> free) {
        return NameAnswer.taken(
                values.username().strip(),
                free.stream()
                        .map(name -> new NameAnswer.Suggestion(
                                name,
                                "/admin/users/sub-accounts/new?as="
                                        + context.root().username() + "&username=" + name
                                        + WebAddresses.parameter("displayName", values.displayName())
                                        + WebAddresses.parameter("email", values.email())
                                        + WebAddresses.parameter("bio", values.bio())
                                        + WebAddresses.parameter("start", values.start())))
                        .toList());
    }
}
