/// What people change about themselves, and the recent proof that sensitive actions require.
///
/// May call `signin` and everything below it. Begin with `SettingsPageResource`; `SensitiveRoutes` is the table of
/// sensitive actions.
@NullMarked
package dev.banyan.accounts.settings;

import org.jspecify.annotations.NullMarked;
