// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QString;
class QWidget;

/// The message browser over made-up messages (page, headers, hex, live, empty, failed), or the dialogs before it
/// (publish, published, export, delete). Lives as long as the program.
QWidget *messagesWindow(const QString &show);
