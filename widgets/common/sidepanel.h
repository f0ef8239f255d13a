// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class ElidingLabel;
class QHBoxLayout;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

/// What stands at the right of a list: a title that gives way, a body, and a footer that stays in sight.
class SidePanel final : public QFrame {
    Q_OBJECT

public:
    explicit SidePanel(QWidget *parent = nullptr);

    /// `note` stands softly behind the title.
    void setTitle(const QString &title, const QString &note = {});
    QString title() const;

    QVBoxLayout *body() const { return m_body; }
    /// `content`, which it takes over, in what lets it scroll up and down where it is too high.
    static QScrollArea *scrolled(QWidget *content);
    QHBoxLayout *footer() const { return m_footer; }
    QToolButton *closeButton() const { return m_close; }

Q_SIGNALS:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ElidingLabel *m_title;
    ElidingLabel *m_note;
    QToolButton *m_close;
    QVBoxLayout *m_body;
    QWidget *m_footerArea;
    QHBoxLayout *m_footer;
};
