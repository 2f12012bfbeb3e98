package dev.banyan.accounts.context;

import module java.base;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.banyan.accounts.AccountStatus;
import dev.banyan.accounts.AgencyPermission;
import dev.banyan.accounts.Role;
import dev.banyan.accounts.Tier;
import dev.banyan.platform.AccountId;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// The `user` of login, registration and `/api/me`: the LinkToMe contract's object (2.0) with the seed's additions.
///
/// @param userId the account's id, with the contract's capitals; for people without an account, their own
/// @param username for people without an account, their e-mail
/// @param tier the effective tier
public record UserView(
        @JsonProperty("UserId") String userId,
        String email,
        String username,
        @Schema(implementation = Role.class) String userRole,
        List<String> roles,
        List<String> permissions,
        List<ManagementEntry> userManagements,
        List<SubAccountEntry> subAccounts,
        @Schema(implementation = Tier.class) String tier,
        boolean emailConfirmed,
        boolean twoFactorEnabled,
        boolean twoFactorEmailEnabled,
        boolean twoFactorTotpEnabled,
        @JsonProperty("IsSubAccount") boolean isSubAccount,
        @JsonProperty("AuthDisabled") boolean authDisabled,
        @Schema(implementation = AgencyPermission.class) Optional<String> agencyPermission,
        int subAccountPackSize,
        long usedSubAccounts) {

    /// One entry of `userManagements`: an account of other owners that the person may act for.
    ///
    /// @param displayName never null, which the real client cannot handle
    /// @param permissions of the role, and `manage:workspaces` for managers who have it
    record ManagementEntry(
            @JsonProperty("UserId") AccountId userId,
            @JsonProperty("DisplayName") String displayName,
            @JsonProperty("Email") String email,
            String role,
            String state,
            String direction,
            List<String> permissions,
            @Schema(implementation = Tier.class) String tier,
            Instant created,
            Instant updated) {}

    /// One entry of `subAccounts`. Has both spellings of the id, because the real client reads either.
    record SubAccountEntry(
            @JsonProperty("UserId") AccountId upperUserId,
            AccountId userId,
            String username,
            String displayName,
            String role,
            List<String> permissions,
            String type,
            @Schema(implementation = AccountStatus.class) String status,
            boolean disabled,
            Instant createdAt,
            long pagesCount,
            long linksCount) {}
}
