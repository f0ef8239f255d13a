// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/base/error.h"
#include "widgets/common/look.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

/// What happened, why, and what to do: a message where it belongs instead of in a dialog.
///
/// The other side's own words (`detail`) unfold, can be copied, and scroll when they are long. Announced to assistive
/// technology when it appears.
class InlineMessage final : public QFrame {
    Q_OBJECT

public:
    explicit InlineMessage(QWidget *parent = nullptr);
    InlineMessage(Tone tone, const QString &title, const QString &text = {}, QWidget *parent = nullptr);

    void setMessage(Tone tone, const QString &title, const QString &text = {}, const QString &detail = {});
    /// For what is renewed with every snapshot: shows the message. What stands there already is left as it is, neither
    /// announced again nor folded.
    void showStanding(Tone tone, const QString &title, const QString &text = {}, const QString &detail = {});
    /// Another text below the same title, without announcing it again: something that counts on.
    void setTextQuietly(const QString &text);
    /// Summary as the message, detail behind "Show details".
    void setError(const Error &error);
    /// Empty: no button.
    void setAction(const QString &text);
    QPushButton *actionButton() const { return m_action; }
    void setClosable(bool closable);

    Tone tone() const { return m_tone; }
    QString title() const { return m_titleText; }
    QString text() const { return m_textText; }
    QString detail() const { return m_detailText; }
    bool isDetailShown() const;
    void setDetailShown(bool shown);

signals:
    void actionTriggered();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void renewLook();
    void fitDetail();

    Tone m_tone = Tone::Neutral;
    QString m_titleText;
    QString m_textText;
    QString m_detailText;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_detailToggle;
    QPushButton *m_detailCopy;
    QPlainTextEdit *m_detail;
    QToolButton *m_close;
};
