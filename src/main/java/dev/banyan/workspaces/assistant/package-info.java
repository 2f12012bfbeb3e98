/// The assistant that answers a chat: rules, office hours, language models, limits.
///
/// May call the core and `access`. Begin with `Assistants`; an answer is made in `Answering`.
@NullMarked
package dev.banyan.workspaces.assistant;

import org.jspecify.annotations.NullMarked;
