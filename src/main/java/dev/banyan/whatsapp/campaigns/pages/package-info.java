/// The pages of campaigns and opt-outs.
///
/// Owns no tables. May call everything of this package below it; access and frame come from `PoolPages` in `board`.
///
/// Begin with `CampaignPageResource`.
@NullMarked
package dev.banyan.whatsapp.campaigns.pages;

import org.jspecify.annotations.NullMarked;
