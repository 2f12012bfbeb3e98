package dev.banyan.accounts.brands;

import static org.assertj.core.api.Assertions.assertThat;

import module java.base;
import dev.banyan.accounts.Account;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.SubAccountDetails;
import dev.banyan.accounts.SubAccountFields;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long a deleted sub-account can still be restored, in words.
class SubAccountCardTest {

    private static final Instant DELETED = Instant.parse("2026-11-20T08:00:00Z");
    private static final AccountId AGENCY =
            AccountId.parse("01900000-0000-7000-8000-00000000000a").orElseThrow();
    private static final AccountId BRAND =
            AccountId.parse("01900000-0000-7000-8000-00000000000b").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "PT0S, 30 days left",
        "PT1S, 30 days left",
        "P1D, 29 days left",
        "P28DT23H, 2 days left",
        "P29D, 1 day left",
        "P29DT23H59M59.999S, 1 day left",
        "P30D, will be erased soon",
        "P31D, will be erased soon",
    })
    void theDayOnWhichItEndsCounts(Duration later, String text) {
        var account = new Account(
                BRAND,
                Optional.of(AGENCY),
                "north",
                "North Bakery",
                Optional.empty(),
                Optional.empty(),
                AccountStatus.DELETED,
                Optional.empty(),
                Tier.FREE,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                DELETED.minus(Duration.ofDays(9)));
        var details = new SubAccountDetails(SubAccountFields.NONE, Optional.empty(), false, Optional.of(DELETED));
        var card = SubAccountCard.of(new SubAccounts.SubAccount(account, details, Tier.PRO, 1, 2), DELETED.plus(later));
        assertThat(card.left()).contains(text);
        assertThat(card.ref()).as("its name may be another's").isEqualTo(BRAND.toString());
    }
}
