// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

/// Draws the standard widgets in the program's look, over Fusion.
///
/// Dynamic properties it knows: "primary", "danger" and "flat" (bool) on push buttons; "count" (a QStringList by index)
/// on tab bars; "plainRows" (bool, no lines between rows) on tables.
class PennantStyle final : public QProxyStyle {
    Q_OBJECT

public:
    PennantStyle();

    void polish(QPalette &palette) override;
    using QProxyStyle::polish;
};
