// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QToolButton;
class QVBoxLayout;

/// A part of a form that most people need not see: a heading to open it by, and below it what it holds.
class Fold final : public QWidget {
    Q_OBJECT

public:
    explicit Fold(const QString &title, QWidget *parent = nullptr);

    bool isOpen() const { return m_isOpen; }
    void setOpen(bool open);
    QVBoxLayout *body() const { return m_body; }
    QToolButton *heading() const { return m_heading; }
    /// Beside the title while it is closed: what of it is not as usual. Empty: nothing.
    void setSummary(const QString &summary);

    /// The one around `widget`; none: nullptr.
    static Fold *around(const QWidget *widget);
    /// What stands in `widget` applies, though a closed fold may hide it: none of its parents up to `top` is hidden
    /// otherwise.
    static bool applies(const QWidget *widget, const QWidget *top);

private:
    void renew();

    QString m_title;
    QString m_summary;
    QToolButton *m_heading;
    QWidget *m_content;
    QVBoxLayout *m_body;
    bool m_isOpen = false;
};
