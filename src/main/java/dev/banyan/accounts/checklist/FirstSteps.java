package dev.banyan.accounts.checklist;

import module java.base;
import dev.banyan.platform.db.Tx;

/// Steps of the checklist that a package contributes, because it alone knows whether they are done.
public interface FirstSteps {

    /// Returns the steps that the account's plan and this server's settings allow, whether or not the viewer may take
    /// them. Asks indexed questions of existence only.
    List<FirstStep> of(Tx tx, Viewer viewer);
}
