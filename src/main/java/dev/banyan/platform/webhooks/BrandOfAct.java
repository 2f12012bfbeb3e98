package dev.banyan.platform.webhooks;

import module java.base;
import dev.banyan.platform.AccountId;
import dev.banyan.platform.db.Tx;

/// Finds the brand that an act concerns, where the audit log has it under its agency. The brand’s webhooks hear of it
/// then, as well as the agency’s.
public interface BrandOfAct {

    /// @param type of the event, such as `sender.paused`
    /// @param target what the audit log names as the target of the act
    Optional<AccountId> brand(Tx tx, AccountId tenant, String type, String target);
}
