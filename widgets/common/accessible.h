// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Tells assistive technology what the painted pieces are: a switch is a check box, a choice a group of radio buttons,
/// a meter a progress bar, badges and tags are text. Look::install() calls it; more than once does no harm.
void installAccessibility();
