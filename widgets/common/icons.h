// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/look.h"

#include <QIcon>

/// The program's icons, 16 px with a stroke of 1.5, drawn from SVG when first painted and tinted by role: they follow a
/// change of colours by themselves.
class Icons final {
public:
    enum class Name {
        Check,
        Cross,
        Alert,
        Info,
        Copy,
        Eye,
        EyeOff,
        Refresh,
        Download,
        Search,
        Plus,
        Trash,
        Play,
        Pause,
        ChevronDown,
        ChevronRight,
        ChevronUp,
        ArrowDown,
        ArrowUp,
        More,
        Lock,
        Server,
        Stream,
        Consumer,
        Account,
        Settings,
        Chart,
        Logs,
        Edit,
        External,
        Key,
        Clock,
        Dot,
        Ring,
    };

    /// In the soft text colour, faint when disabled, in the text colour when active or selected.
    static QIcon icon(Name name);
    static QIcon icon(Name name, Look::Role role);
    /// The program's own icon.
    static QIcon application();
    /// Paints one icon of `role`'s colour into `rect`.
    static void paint(QPainter *painter, const QRectF &rect, Name name, const QColor &color);
};
