// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

/// A white surface with a hairline: title, what stands at the right of it, and a body.
class Card final : public QFrame {
    Q_OBJECT

public:
    explicit Card(const QString &title = {}, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    QString title() const;
    /// At the right of the title; the card takes ownership.
    void addHeaderWidget(QWidget *widget);
    /// A soft line of text at the right of the title ("2 changes · about 2 min").
    void setHeaderText(const QString &text);
    QVBoxLayout *body() const { return m_body; }
    /// Nothing between the card's edge and its body, whose corners are clipped to the card's: for tables.
    void setBodyFlush(bool flush);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void renewMargins();
    void clipBody();

    bool m_isFlush = false;
    bool m_hasHeaderWidget = false;
    QWidget *m_header;
    QLabel *m_title;
    QLabel *m_headerText;
    QHBoxLayout *m_headerLayout;
    QVBoxLayout *m_body;
};
