// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freedmemory.h"
#include "services/base/secretstring.h"

#include <QTimer>
#include <QWidget>

class QLineEdit;
class QToolButton;

/// A line edit for a password: masked, with Reveal and Generate. Never remembers what was typed (no undo, no
/// completion), and lets it go to the clipboard as a secret only.
class SecretField final : public QWidget {
    Q_OBJECT

public:
    explicit SecretField(QWidget *parent = nullptr);

    SecretString secret() const;
    void setSecret(const SecretString &secret);
    void setPlaceholder(const QString &text);
    void setRevealed(bool revealed);
    bool isRevealed() const;
    /// Off: only a person's own password.
    void setGenerateVisible(bool visible);
    QLineEdit *lineEdit() const { return m_edit; }
    QToolButton *generateButton() const { return m_generate; }

signals:
    void secretChanged();
    /// Whoever listens sets a secret; nothing is generated here.
    void generateRequested();

protected:
    bool event(QEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void conceal();
    void placeButtons();
    void renew();

    SecretTrace m_trace; ///< while something stands there
    QLineEdit *m_edit;
    QToolButton *m_reveal;
    QToolButton *m_generate;
    QTimer m_hideTimer;
};
