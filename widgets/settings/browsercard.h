// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class Switch;

/// The WebSocket listener for browsers and edge clients: on or off in a draft.
class BrowserCard final : public QWidget {
    Q_OBJECT

public:
    explicit BrowserCard(QWidget *parent = nullptr);

    bool isWebSocketEnabled() const;
    void setWebSocketEnabled(bool enabled);
    void setLocked(const QString &reason);

Q_SIGNALS:
    /// The field, as the API names it.
    void edited(const QString &field);

private:
    Switch *m_webSocket;
};
