package dev.banyan.accounts.context;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.platform.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The `user` of login, registration and `/api/me`: the LinkToMe contract's object (2.0) with the seed's additions.
///
/// @param userId the account's id, with the contract's capitals; an operator, who has no account, is their own
/// @param username an operator's is their e-mail
/// @param tier the effective tier
public record UserView(
        @JsonProperty("UserId") String userId,
        String email,
        String username,
        String userRole,
        List<String> roles,
        List<String> permissions,
        List<ManagementEntry> userManagements,
        List<SubAccountEntry> subAccounts,
        String tier,
        boolean emailConfirmed,
        boolean twoFactorEnabled,
        boolean twoFactorEmailEnabled,
        boolean twoFactorTotpEnabled,
        @JsonProperty("IsSubAccount") boolean isSubAccount,
        @JsonProperty("AuthDisabled") boolean authDisabled,
        Optional<String> agencyPermission,
        int subAccountPackSize,
        long usedSubAccounts) {

    /// One entry of `userManagements`: an account of others in which the person may act.
    ///
    /// @param displayName never null: the real client breaks on it
    /// @param permissions of the role, and `manage:workspaces` where a manager has them
    record ManagementEntry(
            @JsonProperty("UserId") AccountId userId,
            @JsonProperty("DisplayName") String displayName,
            @JsonProperty("Email") String email,
            String role,
            String state,
            String direction,
            List<String> permissions,
            String tier,
            Instant created,
            Instant updated) {}

    /// One entry of `subAccounts`. Both spellings of the id: the real client reads either.
    record SubAccountEntry(
            @JsonProperty("UserId") AccountId upperUserId,
            AccountId userId,
            String username,
            String displayName,
            String role,
            List<String> permissions,
            String type,
            String status,
            boolean disabled,
            Instant createdAt,
            long pagesCount,
            long linksCount) {}
}
