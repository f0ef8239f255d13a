// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/connection/clientexamples.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

/// A piece of code with its title and a button that copies it whole. Long lines scroll.
class SnippetBox final : public QWidget {
    Q_OBJECT

public:
    explicit SnippetBox(QWidget *parent = nullptr);

    void setExample(const ClientExample &example);

protected:
    void changeEvent(QEvent *event) override;

private:
    void renewHeight();

    QLabel *m_title;
    QLabel *m_note;
    QPushButton *m_copy;
    QPlainTextEdit *m_code;
};
