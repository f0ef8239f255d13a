// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/freedmemory.h"
#include "services/base/secretstring.h"
#include "services/domain/access.h"
#include "widgets/common/secretclipboard.h"

#include <QTimer>
#include <QWidget>

#include <chrono>

class QLabel;
class QToolButton;
class WrappingLabel;

/// A label, a masked value, Reveal and Copy. A value wider than the row wraps.
///
/// The value is shown only while asked for: it hides again after `hideAfter`, when the row is hidden, its window is
/// left or the session is locked. Once hidden, it is wiped as far as that goes. Copying doesn't reveal it. What goes to
/// the clipboard is marked as a secret for clipboard managers and removed after `hideAfter` if it is still ours; there
/// is no other way out: the value can't be selected, for the primary selection has no such mark.
class SecretRow final : public QWidget {
    Q_OBJECT

public:
    explicit SecretRow(const QString &label, QWidget *parent = nullptr);

    void setLabel(const QString &label);
    void setSecret(const SecretString &secret);
    const SecretString &secret() const { return m_secret; }
    bool isRevealed() const { return m_revealed; }
    void setRevealed(bool revealed);
    void setHideAfter(std::chrono::milliseconds hideAfter);
    /// None: the value stands at the edge, and its name is for assistive technology only.
    void setLabelWidth(int width);
    void setLineBelow(bool line);
    /// Stands in place of the value when there is none ("Not known on this workstation").
    void setPlaceholder(const QString &text);

    void setOnDemand(bool onDemand);
    /// Whether it may be revealed and copied.
    void setAccess(const Access &access);
    /// True between secretWanted and setSecret() or forget().
    bool isWanted() const { return m_want != Want::Nothing; }
    /// Lets the secret go, and what was asked for.
    void forget();

    void copy();

signals:
    void secretWanted();
    /// The secret has gone to the clipboard.
    void copied();

protected:
    void paintEvent(QPaintEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    enum class Want { Nothing, Reveal, Copy };
    void want(Want what);
    void conceal();
    void renew();
    QString shownText() const;
    void renewLook();

    SecretTrace m_trace;
    SecretString m_secret;
    QString m_placeholder;
    bool m_revealed = false;
    bool m_onDemand = false;
    Access m_access = Access::yes();
    Want m_want = Want::Nothing;
    bool m_lineBelow = true;
    std::chrono::milliseconds m_hideAfter = secretLife;
    QTimer m_hideTimer;
    QLabel *m_label;
    WrappingLabel *m_value;
    QToolButton *m_reveal;
    QToolButton *m_copy;
};
